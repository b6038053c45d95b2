import { linkByAverage } from '../cluster/average-linkage.ts';
import { createGroups } from '../cluster/constraints.ts';
import { edgesOfPairs } from '../cluster/edges.ts';
import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { valuesOf } from './values-of.ts';

export interface GroupingDistances {
  /** DBSCAN's radius, L2. */
  readonly eps: number;
  /** Widest average distance between two parts of a group, L2. */
  readonly acceptance: number;
}

/**
 * Where the pairs of two people lie: the mean of their squared distances, and how far below it the nearest
 * thousandth of them reaches. Not a standard deviation, because distances that decide are those of the nearest pairs, and a head
 * moves these otherwise than the middle.
 */
export interface Bulk {
  readonly mean: number;
  readonly reach: number;
}

/** Pairs of rows (a, b, a, b, …) with their L2 distances. */
export interface NearRows {
  readonly pairs: readonly number[];
  readonly distances: readonly number[];
}

/** Rows multiplied with all later ones at a time. */
const blockRows = 256;

/** The pairs of rows of norm 1 within a radius. Every pair is compared, so thousands of rows at most. */
export function nearRows(tf: typeof TensorFlow, vectors: Float32Array, dimensions: number, radius: number): NearRows {
  const count = vectors.length / dimensions;
  const pairs: number[] = [];
  const distances: number[] = [];
  const least = 1 - (radius * radius) / 2;
  for (let first = 0; first < count; first += blockRows) {
    const rows = Math.min(blockRows, count - first);
    const columns = count - first;
    const block = vectors.subarray(first * dimensions, (first + rows) * dimensions);
    const rest = vectors.subarray(first * dimensions);
    const products = valuesOf(tf, () =>
      tf.matMul(tf.tensor2d(block, [rows, dimensions]), tf.transpose(tf.tensor2d(rest, [columns, dimensions]))),
    );
    for (let row = 0; row < rows; row++) {
      for (let other = row + 1; other < columns; other++) {
        const product = products[row * columns + other] ?? 0;
        if (product < least) continue;
        pairs.push(first + row, first + other);
        distances.push(Math.sqrt(Math.max(0, 2 - 2 * product)));
      }
    }
  }
  return { pairs, distances };
}

/**
 * Groups faces as the library would if there were no others and the user had said nothing: average linkage along the
 * pairs within eps, which is what is left of DBSCAN where two faces make a group.
 * @param vectors rows of norm 1
 * @param near at least the pairs within eps
 * @returns for each row the number of its group
 */
export function groupAlone(
  vectors: Float32Array,
  dimensions: number,
  near: NearRows,
  { eps, acceptance }: GroupingDistances,
): Int32Array {
  const count = vectors.length / dimensions;
  const groups = createGroups({ person: new Int32Array(count), rejected: new Map(), apart: new Map() });
  const vectorOf = (node: number): Float32Array => vectors.subarray(node * dimensions, (node + 1) * dimensions);
  const edges = edgesOfPairs(near.pairs, near.distances);
  linkByAverage({ edges, clusters: new Int32Array(count), reach: eps, acceptance, vectorOf }, groups);
  return Int32Array.from({ length: count }, (_, node) => groups.root(node));
}

/** Where a distance lies after a head, if among the pairs of two people it is to lie as it lay before. */
export function movedDistance(distance: number, before: Bulk, after: Bulk): number {
  const reaches = (distance * distance - before.mean) / before.reach;
  return Math.sqrt(Math.max(0, after.mean + reaches * after.reach));
}
