import { createBestProducts } from './best-products.ts';
import type { CodedVectors } from './coded-vectors.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import { distanceBetween, type VectorStore } from './vector-store.ts';

/** Pairs of a new slot and an earlier one that codes hold for near. */
export interface LikelyPairs {
  /** For each new slot the product from which another may be among its nearest, by those taken so far. */
  readonly wanted: Float64Array;
  /** Takes a pair of a slot and the `at`th of the new ones, whose product lies between two numbers. */
  take(slot: number, at: number, least: number, most: number): void;
  /** Tells both ends of each pair that may change a list, at the distance that float64 gives. */
  settle(): void;
}

interface Pair {
  readonly slot: number;
  readonly at: number;
  readonly least: number;
  readonly most: number;
}

export function createLikelyPairs(
  store: VectorStore,
  graph: NeighbourGraph,
  codes: CodedVectors,
  fresh: readonly number[],
): LikelyPairs {
  const best = createBestProducts(fresh.length, graph.k);
  const pairs: Pair[] = [];
  const isBest = ({ at, least }: Pair): boolean => least >= (best.least[at] ?? -1);
  const offer = ({ slot, at }: Pair): void => {
    const other = fresh[at] ?? 0;
    const distance = distanceBetween(store, slot, other);
    graph.offer(slot, other, distance);
    graph.offer(other, slot, distance);
  };

  return {
    wanted: best.least,
    take: (slot, at, least, most) => {
      best.see(at, least);
      pairs.push({ slot, at, least, most });
    },
    settle: () => {
      // Those that are the best for sure come first: then few of the others can still be wanted.
      for (const pair of pairs) if (isBest(pair)) offer(pair);
      for (const pair of pairs) {
        if (isBest(pair)) continue;
        if (pair.most >= codes.wantedBy(pair.slot) || pair.most >= codes.wantedBy(fresh[pair.at] ?? 0)) offer(pair);
      }
    },
  };
}
