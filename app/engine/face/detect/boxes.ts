/** A place that may hold a face: edges in pixels, and how likely it does, 0 to 1. */
export interface Candidate {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
}

type Rect = Omit<Candidate, 'score'>;

function areaOf({ left, top, right, bottom }: Rect): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

export function intersection(one: Rect, other: Rect): number {
  return (
    Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
    Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top))
  );
}

/** Intersection over union: 0 (apart) to 1 (equal). */
export function iou(one: Rect, other: Rect): number {
  const common = intersection(one, other);
  const union = areaOf(one) + areaOf(other) - common;
  return union > 0 ? common / union : 0;
}

/** Intersection over the smaller box: 1 where one lies in the other. */
export function iom(one: Rect, other: Rect): number {
  const smaller = Math.min(areaOf(one), areaOf(other));
  return smaller > 0 ? intersection(one, other) / smaller : 0;
}

/**
 * Non-maximum suppression: the best candidates, best first, none of which overlaps a better one by more than `most`.
 * Ties keep their order.
 */
export function suppress<C extends Candidate>(candidates: readonly C[], most: number, overlap = iou): C[] {
  const kept: C[] = [];
  for (const candidate of candidates.toSorted((one, other) => other.score - one.score)) {
    if (kept.every((better) => overlap(better, candidate) <= most)) kept.push(candidate);
  }
  return kept;
}

/** A square of the longer side around the same centre. */
export function squared<C extends Candidate>(candidate: C): C {
  const { left, top, right, bottom } = candidate;
  const half = Math.max(right - left, bottom - top) / 2;
  const x = (left + right) / 2;
  const y = (top + bottom) / 2;
  return { ...candidate, left: x - half, top: y - half, right: x + half, bottom: y + half };
}

/** Moves the edges by `shifts[at…at + 3]` (left, top, right, bottom), parts of the box's width and height. */
export function shifted<C extends Candidate>(candidate: C, shifts: Float32Array, at: number): C {
  const width = candidate.right - candidate.left;
  const height = candidate.bottom - candidate.top;
  return {
    ...candidate,
    left: candidate.left + width * (shifts[at] ?? 0),
    top: candidate.top + height * (shifts[at + 1] ?? 0),
    right: candidate.right + width * (shifts[at + 2] ?? 0),
    bottom: candidate.bottom + height * (shifts[at + 3] ?? 0),
  };
}
