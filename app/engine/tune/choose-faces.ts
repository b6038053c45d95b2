import type { Candidates } from './candidates.ts';
import { shuffled } from '../seeded-random.ts';

export interface FaceLimits {
  /** Faces with a person, at most. */
  readonly labelled: number;
  /** Faces without one, at most. */
  readonly unnamed: number;
}

/**
 * Chooses whom to learn from where there are too many. Nobody is left out for somebody who has more faces: everybody gets
 * the same number at most, spread over the years. Of faces without a name whole groups are drawn, because half a group
 * teaches as little as none.
 * @returns rows, ascending
 */
export function chooseFaces(candidates: Candidates, limits: FaceLimits, random: () => number): Int32Array<ArrayBuffer> {
  const { people, groups } = candidates;
  const rows = [...people.keys()];
  const ofPerson = Map.groupBy(
    rows.filter((row) => people[row] !== 0),
    (row) => people[row] ?? 0,
  );
  const share = fairShare(
    [...ofPerson.values()].map((own) => own.length),
    limits.labelled,
  );
  const labelled = [...ofPerson.values()].flatMap((own) => spread(candidates, own, share));
  const units = Map.groupBy(
    rows.filter((row) => people[row] === 0),
    (row) => (groups[row] === 0 ? -1 - row : (groups[row] ?? 0)),
  );
  const unnamed: number[] = [];
  for (const unit of shuffled(units.values(), random))
    if (unnamed.length + unit.length <= limits.unnamed) unnamed.push(...unit);
  return Int32Array.from([...labelled, ...unnamed]).sort();
}

/** The largest number of faces that each may give so that all together give no more than `limit`. */
function fairShare(counts: readonly number[], limit: number): number {
  let left = limit;
  const ascending = counts.toSorted((a, b) => a - b);
  for (const [at, count] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - at));
    if (count > share) return share;
    left -= count;
  }
  return Infinity;
}

/** At most so many of a person's faces, evenly over the time from which there are any. */
function spread({ taken, faces }: Candidates, rows: readonly number[], most: number): readonly number[] {
  if (rows.length <= most) return rows;
  const when = (row: number): number => (Number.isNaN(taken[row]) ? Infinity : (taken[row] ?? Infinity));
  const ordered = rows.toSorted(
    (a, b) => (when(a) === when(b) ? 0 : when(a) - when(b)) || (faces[a] ?? 0) - (faces[b] ?? 0),
  );
  return Array.from({ length: most }, (_, i) => ordered[Math.floor((i * ordered.length) / most)] ?? 0);
}
