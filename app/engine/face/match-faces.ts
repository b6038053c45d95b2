import { iou } from './detect/boxes.ts';

type Box = readonly [left: number, top: number, width: number, height: number];

export interface OldFace {
  readonly id: number;
  readonly box: Box;
  /** L2 norm 1; null where none of the same embedding version is known. */
  readonly vector: Float32Array | null;
  readonly labelled: boolean;
}

export interface FoundFace {
  readonly box: Box;
  readonly vector: Float32Array;
}

export interface MatchLimits {
  /** Intersection over union from which two boxes may be one face, 0 to 1. */
  readonly minIou: number;
  /** L2 distance up to which two embeddings may be one face, 0 to 2. */
  readonly maxDistance: number;
}

export interface FaceMatches {
  /** `found` is an index into what was found. */
  readonly pairs: readonly { readonly id: number; readonly found: number }[];
  /** Ids of old faces that were not found again. */
  readonly lost: readonly number[];
  /** Indices of found faces that were not there before. */
  readonly new: readonly number[];
}

/**
 * Says which faces of a photo are the ones that were known: first by place (the largest overlap first), then, for what
 * is left, by likeness (the smallest distance first). Of equal pairs a labelled face goes first, then the lower id.
 */
export function matchFaces(old: readonly OldFace[], found: readonly FoundFace[], limits: MatchLimits): FaceMatches {
  const order = old.toSorted((one, other) => Number(other.labelled) - Number(one.labelled) || one.id - other.id);
  const foundOf = new Map<number, number>();
  const taken = new Set<number>();
  const take = (cost: (face: OldFace, candidate: FoundFace) => number | null): void => {
    const possible = order
      .flatMap((face) => found.map((candidate, index) => ({ id: face.id, index, cost: cost(face, candidate) })))
      .flatMap(({ cost: value, ...pair }) => (value === null ? [] : [{ ...pair, value }]))
      .toSorted((one, other) => one.value - other.value);
    for (const { id, index } of possible) {
      if (foundOf.has(id) || taken.has(index)) continue;
      foundOf.set(id, index);
      taken.add(index);
    }
  };
  take((face, candidate) => {
    const shared = overlap(face.box, candidate.box);
    return shared >= limits.minIou ? -shared : null;
  });
  take((face, candidate) => {
    const apart = face.vector ? distance(face.vector, candidate.vector) : Infinity;
    return apart <= limits.maxDistance ? apart : null;
  });
  return {
    pairs: old.flatMap(({ id }) => {
      const index = foundOf.get(id);
      return index === undefined ? [] : [{ id, found: index }];
    }),
    lost: old.filter(({ id }) => !foundOf.has(id)).map(({ id }) => id),
    new: found.map((_, index) => index).filter((index) => !taken.has(index)),
  };
}

/** Intersection over union, 0 to 1. */
export function overlap(one: Box, other: Box): number {
  return iou(edges(one), edges(other));
}

function edges([left, top, width, height]: Box): { left: number; top: number; right: number; bottom: number } {
  return { left, top, right: left + width, bottom: top + height };
}

function distance(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += ((one[i] ?? 0) - (other[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
