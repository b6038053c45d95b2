import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';

import { settings } from '../settings.ts';
import type { NeighbourGraph } from './neighbour-graph.ts';
import { distanceBetween, type VectorStore } from './vector-store.ts';

/** An HNSW graph (Malkov and Yashunin 2018, arXiv 1603.09320) whose labels are the slots of a `VectorStore`. */
export interface HnswSearch {
  /** Slots taken in, from the first on. It may be asked once these are all there are. */
  readonly filled: number;
  /** Takes in up to `count` further slots whose neighbours are known, as far as there are any before `end`. */
  fill(count: number, end: number): void;
  /** Finds the neighbours of the next slot, tells both ends, and takes the slot in. */
  link(slot: number): void;
  /** The `count` slots nearest to the vector of a slot, itself among them once it is taken in. */
  search(slot: number, count: number, ef?: number): number[];
  forget(slots: Iterable<number>): void;
  save(file: string): void;
}

const { m, efConstruction, efSearch, seed } = settings.index;

/** Reads a graph that holds the first `filled` slots from `file`, or begins an empty one. */
export function createHnswSearch(
  store: VectorStore,
  graph: NeighbourGraph,
  saved?: { readonly file: string; readonly filled: number },
): HnswSearch {
  const hnsw: HierarchicalNSW = new hnswlib.HierarchicalNSW('l2', store.dimensions);
  if (saved === undefined) hnsw.initIndex(Math.max(1024, store.size * 2), m, efConstruction, seed);
  else hnsw.readIndexSync(saved.file);
  let filled = saved?.filled ?? 0;

  const add = (slot: number, vector: number[]): void => {
    if (hnsw.getCurrentCount() >= hnsw.getMaxElements()) hnsw.resizeIndex(Math.ceil(hnsw.getMaxElements() * 1.5));
    hnsw.addPoint(vector, slot);
    filled = slot + 1;
  };
  /** What was the vector of a removed face is gone from the graph too; a direction that means nothing is in its place. */
  const erase = (slot: number): void => {
    add(
      slot,
      Array.from({ length: store.dimensions }, (_, i) => Number(i === slot % store.dimensions)),
    );
    hnsw.markDelete(slot);
  };

  const search = (slot: number, count: number, ef: number = efSearch): number[] => {
    hnsw.setEf(ef);
    return hnsw.searchKnn(Array.from(store.vectors.at(slot)), count).neighbors;
  };

  return {
    search,
    get filled() {
      return filled;
    },
    fill: (count, end) => {
      for (const last = Math.min(end, filled + count); filled < last;) {
        if (store.idAt(filled) === 0) erase(filled);
        else add(filled, Array.from(store.vectors.at(filled)));
      }
    },
    link: (slot) => {
      graph.grow(slot + 1);
      if (store.idAt(slot) === 0) {
        erase(slot);
        return;
      }
      for (const other of search(slot, Math.min(graph.k, store.live - 1))) {
        const distance = distanceBetween(store, slot, other);
        graph.offer(slot, other, distance);
        graph.offer(other, slot, distance);
      }
      add(slot, Array.from(store.vectors.at(slot)));
    },
    forget: (slots) => {
      const end = filled;
      for (const slot of slots) if (slot < end) erase(slot);
      filled = end;
    },
    save: (to) => hnsw.writeIndexSync(to),
  };
}
