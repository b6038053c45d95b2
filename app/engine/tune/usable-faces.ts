import { pickFaces, type TrainingFaces } from './training-faces.ts';

/** How far the squared norm of a row may be from 1: well above the rounding of float32 and of vectors stored shorter. */
const tolerance = 1e-2;

/**
 * The faces whose vectors are unit vectors, by which rows they were, and how many are not: a NaN would make every weight
 * of a head one.
 */
export function usableFaces(faces: TrainingFaces): {
  readonly faces: TrainingFaces;
  readonly rows: readonly number[];
  readonly leftOut: number;
} {
  const { dimensions, vectors, people } = faces;
  const usable = [...people.keys()].filter((row) => {
    let squares = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) squares += (vectors[at] ?? 0) ** 2;
    // NaN is in no range.
    return Math.abs(squares - 1) <= tolerance;
  });
  const leftOut = people.length - usable.length;
  return { faces: leftOut === 0 ? faces : pickFaces(faces, usable), rows: usable, leftOut };
}
