import { squaredDistance } from '../vector/distance.ts';
import { createDistanceHistogram } from './distance-histogram.ts';
import type { PairCounts } from './pair-counts.ts';

export interface LabelledVectors {
  /** Rows of L2 norm 1, in the order of `people`. */
  readonly vectors: Float32Array;
  readonly dimensions: number;
  /** Whose face each row is, from 0 on. */
  readonly people: Int32Array;
}

/** Rows whose vectors fit a core's cache together: 128 × 512 × 4 B = 256 kB. */
const blockRows = 128;

/**
 * All pairs of faces by distance, in constant memory: within each fold (people are dealt to folds in turn) and
 * those between folds. Rests after each block of rows, so that a thread can do other things. `compared` may leave pairs
 * of rows out.
 */
export async function allPairs(
  faces: LabelledVectors,
  folds: number,
  rest: () => Promise<void>,
  compared: (i: number, j: number) => boolean = () => true,
): Promise<{ readonly folds: PairCounts[]; readonly between: PairCounts }> {
  const within = Array.from({ length: folds }, createDistanceHistogram);
  const between = createDistanceHistogram();
  const { people, vectors, dimensions } = faces;
  const compare = (i: number, j: number): void => {
    if (!compared(i, j)) return;
    const a = people[i] ?? 0;
    const b = people[j] ?? 0;
    const histogram = a % folds === b % folds ? within[a % folds] : between;
    histogram?.add(Math.sqrt(squaredDistance(vectors, i, vectors, j, dimensions)), a === b);
  };
  for (let rows = 0; rows < people.length; rows += blockRows) {
    const rowEnd = Math.min(rows + blockRows, people.length);
    for (let columns = rows; columns < people.length; columns += blockRows) {
      const columnEnd = Math.min(columns + blockRows, people.length);
      for (let i = rows; i < rowEnd; i++) for (let j = Math.max(columns, i + 1); j < columnEnd; j++) compare(i, j);
      await rest();
    }
  }
  return { folds: within.map((histogram) => histogram.counts()), between: between.counts() };
}
