import { createBestProducts } from './best-products.ts';
import type { CodedVectors } from './coded-vectors.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import { distanceBetween, type VectorStore } from './vector-store.ts';

/** Compares new slots with every other. */
export interface ExactSearch {
  /**
   * Compares the slots from `from` to before `to`, at most `settings.index.batch`, with every earlier one and with each
   * other: both ends of each pair learn of it, so the lists stay exact. Codes tell who may be near; distances are summed
   * in float64.
   */
  link(from: number, to: number): void;
}

/** A slot and a later one whose product lies between two numbers. */
interface LikelyPair {
  readonly slot: number;
  readonly other: number;
  readonly least: number;
  readonly most: number;
}

export function createExactSearch(store: VectorStore, graph: NeighbourGraph, codes: CodedVectors): ExactSearch {
  const offer = ({ slot, other }: LikelyPair): void => {
    const distance = distanceBetween(store, slot, other);
    graph.offer(slot, other, distance);
    graph.offer(other, slot, distance);
  };

  return {
    link: (from, to) => {
      graph.grow(to);
      codes.follow(to);
      const fresh = Array.from({ length: to - from }, (_, at) => from + at);
      const best = createBestProducts(fresh.length, graph.k);
      const pairs: LikelyPair[] = [];
      codes.ask(fresh);
      codes.compare(0, to, best.least, (slot, at, least, most) => {
        // Of two new slots the later one is compared with the earlier.
        if (slot >= from + at) return;
        best.see(at, least);
        pairs.push({ slot, other: from + at, least, most });
      });
      const isBest = ({ other, least }: LikelyPair): boolean => least >= (best.least[other - from] ?? -1);
      // Those that are the best for sure come first: then few of the others can still be wanted.
      for (const pair of pairs) if (isBest(pair)) offer(pair);
      for (const pair of pairs) {
        if (isBest(pair)) continue;
        if (pair.most >= codes.wantedBy(pair.slot) || pair.most >= codes.wantedBy(pair.other)) offer(pair);
      }
    },
  };
}
