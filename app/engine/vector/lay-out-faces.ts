import { UMAP } from 'umap-js';

import { settings } from '../settings.ts';
import { seededRandom } from '../seeded-random.ts';
import type { ComparedFaces } from './compared-faces.ts';
import { gatherVectors } from './gather-vectors.ts';
import { createPause } from './pause.ts';
import { multiply } from './products.ts';

/** `ids[i]` lies at `places[2 × i]` and `places[2 × i + 1]`: no units, both from 0 to 1, the longer side filled. */
export interface FaceLayout {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly places: Float32Array<ArrayBuffer>;
}

const { neighbours, epochs, seed } = settings.insights.map;
/** Faces compared with all others in one product. */
const blockRows = 256;

/**
 * Places faces on a plane by UMAP (McInnes, Healy and Melville 2018): faces that look alike lie near each other; far
 * distances say little. The same faces give the same map. Faces that the index does not hold are left out.
 * @throws {Failure} `cancelled`
 */
export async function layOutFaces(index: ComparedFaces, ids: Int32Array, signal: AbortSignal): Promise<FaceLayout> {
  const { found, vectors } = gatherVectors(index, ids);
  const held = Int32Array.from(found, (at) => ids[at] ?? 0);
  const pause = createPause(signal);
  // UMAP counts a face as its own neighbour and wants more faces than that; a handful is put in a row.
  const near = Math.min(neighbours, found.length - 2);
  if (near < 2) return { ids: held, places: filled(found.map((_, at) => [at, 0])) };
  const lists = await nearestOf(vectors, index.store.dimensions, found.length, near + 1, () => pause.rest());
  const umap = new UMAP({ nNeighbors: near + 1, nEpochs: epochs, random: seededRandom(seed) });
  umap.setPrecomputedKNN(lists.indices, lists.distances);
  // It takes nothing but the number of the points from these.
  const steps = umap.initializeFit(found.map(() => [0]));
  for (let step = 0; step < steps; step++) {
    umap.step();
    if (pause.isDue) await pause.rest();
  }
  return { ids: held, places: filled(umap.getEmbedding()) };
}

/** For each row the `count` nearest, itself first, as UMAP wants them. */
async function nearestOf(
  vectors: Float32Array,
  dimensions: number,
  rows: number,
  count: number,
  rest: () => Promise<void>,
): Promise<{ indices: number[][]; distances: number[][] }> {
  const indices: number[][] = [];
  const distances: number[][] = [];
  const products = new Float32Array(blockRows * rows);
  for (let first = 0; first < rows; first += blockRows) {
    const block = { values: vectors.subarray(first * dimensions), rows: Math.min(blockRows, rows - first) };
    await multiply(block, { values: vectors, rows }, dimensions, products);
    for (let row = 0; row < block.rows; row++) {
      const own = products.subarray(row * rows, (row + 1) * rows);
      own[first + row] = Infinity;
      const order = Array.from(own.keys()).sort((a, b) => (own[b] ?? 0) - (own[a] ?? 0) || a - b);
      const nearest = order.slice(0, count);
      indices.push(nearest);
      distances.push(nearest.map((at) => (at === first + row ? 0 : Math.sqrt(Math.max(0, 2 - 2 * (own[at] ?? 0))))));
    }
    await rest();
  }
  return { indices, distances };
}

/** Moved and scaled to fill a square. */
function filled(points: readonly (readonly number[])[]): Float32Array<ArrayBuffer> {
  const [xs, ys] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)];
  const least = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value), Infinity);
  const most = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value), -Infinity);
  const [left, top] = [least(xs), least(ys)];
  const side = Math.max(most(xs) - left, most(ys) - top, Number.EPSILON);
  return Float32Array.from(points.flatMap(([x = 0, y = 0]) => [(x - left) / side, (y - top) / side]));
}
