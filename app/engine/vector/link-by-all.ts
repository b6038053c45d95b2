import type { CodedVectors } from './coded-vectors.ts';
import { createLikelyPairs } from './likely-pairs.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import type { VectorStore } from './vector-store.ts';

/**
 * Compares the slots from `from` to before `to`, at most `settings.index.batch`, with every earlier one and with each
 * other: both ends of each pair learn of it, so the lists stay exact. Codes tell who may be near; distances are summed in
 * float64.
 */
export function linkByAll(
  store: VectorStore,
  graph: NeighbourGraph,
  codes: CodedVectors,
  from: number,
  to: number,
): void {
  graph.grow(to);
  codes.follow(to);
  const fresh = Array.from({ length: to - from }, (_, at) => from + at);
  const pairs = createLikelyPairs(store, graph, codes, fresh);
  codes.ask(fresh);
  codes.compare(0, to, pairs.wanted, (slot, at, least, most) => {
    // Of two new slots the later one is compared with the earlier.
    if (slot < from + at) pairs.take(slot, at, least, most);
  });
  pairs.settle();
}
