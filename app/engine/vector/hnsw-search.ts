import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';

import { settings } from '../settings.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import type { VectorStore } from './vector-store.ts';

/** An HNSW graph (Malkov and Yashunin 2018, arXiv 1603.09320) whose labels are the slots of a `VectorStore`. */
export interface HnswSearch {
  /** Takes a slot in whose neighbours are known. */
  add(slot: number): void;
  /** Finds the neighbours of a new slot, tells both ends, and takes the slot in. */
  link(slot: number): void;
  forget(slots: Iterable<number>): void;
  save(file: string): void;
}

const { m, efConstruction, efSearch, seed } = settings.index;

/** Reads the graph from `file`, or begins an empty one that the caller fills with `link`. */
export function createHnswSearch(store: VectorStore, graph: NeighbourGraph, file?: string): HnswSearch {
  const hnsw: HierarchicalNSW = new hnswlib.HierarchicalNSW('l2', store.dimensions);
  if (file === undefined) hnsw.initIndex(Math.max(1024, store.size * 2), m, efConstruction, seed);
  else hnsw.readIndexSync(file);
  hnsw.setEf(efSearch);

  const vectorOf = (slot: number): number[] =>
    Array.from(store.vectors.subarray(slot * store.dimensions, (slot + 1) * store.dimensions));

  const add = (slot: number, vector = vectorOf(slot)): void => {
    if (hnsw.getCurrentCount() >= hnsw.getMaxElements()) hnsw.resizeIndex(hnsw.getMaxElements() * 2);
    hnsw.addPoint(vector, slot);
  };

  return {
    add: (slot) => add(slot),
    link: (slot) => {
      graph.grow(store.size);
      const vector = vectorOf(slot);
      const found = hnsw.searchKnn(vector, Math.min(graph.k, store.live - 1));
      for (const [at, other] of found.neighbors.entries()) {
        const distance = Math.sqrt(found.distances[at] ?? Infinity);
        graph.offer(slot, other, distance);
        graph.offer(other, slot, distance);
      }
      add(slot, vector);
    },
    forget: (slots) => {
      for (const slot of slots) hnsw.markDelete(slot);
    },
    save: (to) => hnsw.writeIndexSync(to),
  };
}
