import { squaredDistance } from './distance.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import { multiply } from './products.ts';
import { blockRows } from './rows.ts';
import type { VectorStore } from './vector-store.ts';

/** Compares new slots with every other. */
export interface ExactSearch {
  /**
   * Compares the slots from `from` to before `to` with every earlier one and with each other: both ends of each pair
   * learn of it, so the lists stay exact. Products in float32 pick who may be near; distances are summed in float64.
   */
  link(from: number, to: number): Promise<void>;
}

/** What float32 and norms in the tolerance of a unit vector may do to a product. */
const doubt = 1e-3;
/** Bins that products from −1 to 1 are counted in. */
const bins = 2048;

export function createExactSearch(store: VectorStore, graph: NeighbourGraph): ExactSearch {
  const { dimensions, vectors } = store;
  /** Products of each block with the new slots, a row for each old slot. Kept, because making them anew takes longer. */
  const products: Float32Array<ArrayBuffer>[] = [];

  const multiplyAll = async (fresh: Float32Array<ArrayBuffer>, count: number, to: number): Promise<void> => {
    for (const [block, values] of vectors.blocks.entries()) {
      const rows = Math.min(blockRows, to - block * blockRows);
      if (rows <= 0) break;
      if ((products[block]?.length ?? 0) < rows * count) products[block] = new Float32Array(blockRows * count);
      await multiply({ values, rows }, { values: fresh, rows: count }, dimensions, products[block] ?? fresh);
    }
  };

  /** For each new slot the product from which another may be among its nearest. */
  const neededByNew = (count: number, to: number): Float32Array => {
    const counts = new Int32Array(count * bins);
    for (const [block, values] of products.entries()) {
      const rows = Math.min(blockRows, to - block * blockRows);
      for (let row = 0; row < rows; row++) {
        if (store.idAt(block * blockRows + row) === 0) continue;
        for (let at = 0; at < count; at++) {
          const bin = binOf(values[row * count + at] ?? 0);
          const cell = at * bins + bin;
          counts[cell] = (counts[cell] ?? 0) + 1;
        }
      }
    }
    // One more than a list holds, because a slot is counted for itself.
    return Float32Array.from({ length: count }, (_, at) => {
      let bin = bins;
      for (let above = 0; bin > 0 && above <= graph.k;) above += counts[at * bins + --bin] ?? 0;
      return (bin / bins) * 2 - 1 - doubt;
    });
  };

  const offer = (from: number, to: number, needed: Float32Array, fresh: Float32Array): void => {
    const count = to - from;
    for (const [block, values] of products.entries()) {
      const first = block * blockRows;
      const own = vectors.blocks[block] ?? fresh;
      const rows = Math.min(blockRows, to - first);
      for (let row = 0; row < rows; row++) {
        const slot = first + row;
        if (store.idAt(slot) === 0) continue;
        let last = neededByOld(graph, slot);
        // Of two new slots the later one is compared with the earlier.
        for (let at = Math.max(0, slot - from + 1); at < count; at++) {
          const product = values[row * count + at] ?? 0;
          if ((product < last && product < (needed[at] ?? -1)) || store.idAt(from + at) === 0) continue;
          const distance = Math.sqrt(squaredDistance(own, row, fresh, at, dimensions));
          graph.offer(slot, from + at, distance);
          graph.offer(from + at, slot, distance);
          last = neededByOld(graph, slot);
        }
      }
    }
  };

  return {
    link: async (from, to) => {
      graph.grow(to);
      const fresh = new Float32Array((to - from) * dimensions);
      for (let slot = from; slot < to; slot++) fresh.set(vectors.at(slot), (slot - from) * dimensions);
      await multiplyAll(fresh, to - from, to);
      offer(from, to, neededByNew(to - from, to), fresh);
    },
  };
}

function binOf(product: number): number {
  return Math.max(0, Math.min(bins - 1, Math.floor((product + 1) * (bins / 2))));
}

/** The product from which another may be among the nearest of a slot that has a list. */
function neededByOld({ distances, k }: NeighbourGraph, slot: number): number {
  const last = distances.blocks[Math.floor(slot / blockRows)]?.[(slot % blockRows) * k + k - 1] ?? Infinity;
  return 1 - (last * last) / 2 - doubt;
}
