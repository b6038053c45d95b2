import { Failure } from '../../../contract/errors.ts';
import { cosine } from '../golden.ts';

/** How far numbers are from those that they should be. */
export interface Distance {
  /** 1 − cosine, 0 to 2. */
  readonly deviation: number;
  /** The largest difference of two numbers. */
  readonly difference: number;
}

/**
 * Holds numbers against those that they should be.
 * @throws {Failure} `model-failed` where they are not as many, or are no numbers
 */
export function distanceBetween(given: Float32Array, wanted: Float32Array): Distance {
  if (given.length !== wanted.length) {
    throw new Failure('model-failed', `It gives ${given.length} numbers instead of ${wanted.length}.`);
  }
  if (!given.every(Number.isFinite)) throw new Failure('model-failed', 'It gives values that are no numbers.');
  let difference = 0;
  for (let i = 0; i < given.length; i++)
    difference = Math.max(difference, Math.abs((given[i] ?? 0) - (wanted[i] ?? 0)));
  // Numbers that agree wholly may be all zero, and then have no direction.
  return { deviation: difference === 0 ? 0 : Math.max(0, 1 - cosine(given, wanted)), difference };
}

/** The larger of each. */
export function furthest(distances: readonly Distance[]): Distance {
  return {
    deviation: Math.max(0, ...distances.map(({ deviation }) => deviation)),
    difference: Math.max(0, ...distances.map(({ difference }) => difference)),
  };
}
