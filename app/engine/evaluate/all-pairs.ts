import { squaredDistance } from '../vector/distance.ts';

/** Rows whose vectors fit a core's cache together: 128 × 512 × 4 B = 256 kB. */
const blockRows = 128;

/**
 * Calls back with every pair of rows and their L2 distance, each once, the lower first. Rests after each block of rows,
 * so that a thread can do other things.
 * @param vectors `count` rows
 */
export async function allPairs(
  vectors: Float32Array,
  dimensions: number,
  take: (distance: number, i: number, j: number) => void,
  rest: () => Promise<void>,
): Promise<void> {
  const count = vectors.length / dimensions;
  for (let rows = 0; rows < count; rows += blockRows) {
    const rowEnd = Math.min(rows + blockRows, count);
    for (let columns = rows; columns < count; columns += blockRows) {
      const columnEnd = Math.min(columns + blockRows, count);
      for (let i = rows; i < rowEnd; i++) {
        for (let j = Math.max(columns, i + 1); j < columnEnd; j++) {
          take(Math.sqrt(squaredDistance(vectors, i, vectors, j, dimensions)), i, j);
        }
      }
      await rest();
    }
  }
}
