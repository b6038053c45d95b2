import { squaredDistance } from './distance.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import { multiply } from './products.ts';
import { blockRows } from './rows.ts';
import type { VectorStore } from './vector-store.ts';

/**
 * What float32 may get wrong in a dot product, and norms in the tolerance of a unit vector: who comes that close to
 * being a neighbour is compared anew.
 */
const doubt = 1e-3;

/**
 * Compares the slots from `from` to before `to` with every earlier one and with each other: both ends of each pair
 * learn of it, so the lists stay exact. Products in float32 pick who may be near; distances are summed in float64.
 */
export async function linkExactly(store: VectorStore, graph: NeighbourGraph, from: number, to: number): Promise<void> {
  const { dimensions, vectors } = store;
  graph.grow(to);
  const count = to - from;
  const fresh = new Float32Array(count * dimensions);
  for (let slot = from; slot < to; slot++) fresh.set(vectors.at(slot), (slot - from) * dimensions);
  const products = new Float32Array(blockRows * count);
  /** By new slot the product from which another is among its nearest. */
  const needed = Float32Array.from({ length: count }, (_, at) => neededProduct(graph, from + at));

  for (const [block, values] of vectors.blocks.entries()) {
    const first = block * blockRows;
    const rows = Math.min(blockRows, to - first);
    if (rows <= 0) break;
    await multiply({ values, rows }, { values: fresh, rows: count }, dimensions, products);
    for (let row = 0; row < rows; row++) {
      const slot = first + row;
      if (store.idAt(slot) === 0) continue;
      let own = neededProduct(graph, slot);
      // Of two new slots the later one is compared with the earlier.
      for (let at = Math.max(0, slot - from + 1); at < count; at++) {
        const product = products[row * count + at] ?? 0;
        if (product < own && product < (needed[at] ?? -1)) continue;
        if (store.idAt(from + at) === 0) continue;
        const distance = Math.sqrt(squaredDistance(values, row, fresh, at, dimensions));
        graph.offer(slot, from + at, distance);
        graph.offer(from + at, slot, distance);
        own = neededProduct(graph, slot);
        needed[at] = neededProduct(graph, from + at);
      }
    }
  }
}

/** The dot product from which a face may be among the nearest of `slot`. */
function neededProduct({ distances, k }: NeighbourGraph, slot: number): number {
  const last = distances.blocks[Math.floor(slot / blockRows)]?.[(slot % blockRows) * k + k - 1] ?? Infinity;
  return 1 - (last * last) / 2 - doubt;
}
