import { settings } from '../settings.ts';
import type { CodedVectors } from './coded-vectors.ts';
import type { HnswSearch } from './hnsw-search.ts';
import { createLikelyPairs } from './likely-pairs.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import type { VectorStore } from './vector-store.ts';
import { createListWalk } from './walk-lists.ts';

const { efSearch, lists } = settings.index;

/**
 * Links a slot, the next that `hnsw` is to take in: HNSW finds a few near ones, the lists of these lead to the rest, and
 * both ends of each pair learn of it.
 */
export function createGraphLink(
  store: VectorStore,
  graph: NeighbourGraph,
  codes: CodedVectors,
): (hnsw: HnswSearch, slot: number) => void {
  const walk = createListWalk(store, graph, codes);
  return (hnsw, slot) => {
    graph.grow(slot + 1);
    codes.follow(slot + 1);
    if (store.idAt(slot) !== 0) {
      const pairs = createLikelyPairs(store, graph, codes, [slot]);
      walk(slot, hnsw.search(slot, Math.min(efSearch, store.live - 1)), lists, (other, product) => {
        const doubt = codes.doubt(other);
        pairs.take(other, 0, product - doubt, product + doubt);
      });
      pairs.settle();
    }
    hnsw.fill(1, slot + 1);
  };
}
