import { squaredDistance } from './distance.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import type { VectorStore } from './vector-store.ts';

/** Compares the newest slot with every other: both ends of each pair learn of it, so the lists are exact. */
export function linkExactly(store: VectorStore, graph: NeighbourGraph, slot: number): void {
  graph.grow(store.size);
  for (let other = 0; other < slot; other++) {
    if (store.idAt(other) === 0) continue;
    const distance = Math.sqrt(squaredDistance(store.vectors, slot, store.vectors, other, store.dimensions));
    graph.offer(slot, other, distance);
    graph.offer(other, slot, distance);
  }
}
