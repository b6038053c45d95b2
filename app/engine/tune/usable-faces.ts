import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { misnamedFaces, type MisnamedSettings } from './misnamed-faces.ts';
import { pickFaces, type TrainingFaces } from './training-faces.ts';

/** How far the squared norm of a row may be from 1: well above the rounding of float32 and of vectors stored shorter. */
const tolerance = 1e-2;

export interface UsableFaces {
  readonly faces: TrainingFaces;
  /** Which rows they were. */
  readonly rows: readonly number[];
  /** Faces whose vectors are no unit vectors (NaN, zeros): they would make every weight of a head NaN. */
  readonly leftOut: number;
  /** Faces that most likely carry a wrong name. */
  readonly misnamed: number;
}

/** The faces that can be learnt from. */
export function usableFaces(tf: typeof TensorFlow, all: TrainingFaces, settings: MisnamedSettings): UsableFaces {
  const { dimensions, vectors, people } = all;
  const whole = [...people.keys()].filter((row) => {
    let squares = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) squares += (vectors[at] ?? 0) ** 2;
    // NaN is in no range.
    return Math.abs(squares - 1) <= tolerance;
  });
  const faces = pickFaces(all, whole);
  const misnamed = new Set(misnamedFaces(tf, faces, settings));
  const kept = [...whole.keys()].filter((row) => !misnamed.has(row));
  return {
    faces: pickFaces(faces, kept),
    rows: kept.map((row) => whole[row] ?? 0),
    leftOut: people.length - whole.length,
    misnamed: misnamed.size,
  };
}
