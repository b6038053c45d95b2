import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';

import { settings } from '../settings.ts';
import type { VectorStore } from './vector-store.ts';

/** An HNSW graph (Malkov and Yashunin 2018, arXiv 1603.09320) whose labels are the slots of a `VectorStore`. */
export interface HnswSearch {
  /** Slots taken in, from the first on. It may be asked once these are all there are. */
  readonly filled: number;
  /** Takes in up to `count` further slots whose neighbours are known, as far as there are any before `end`. */
  fill(count: number, end: number): void;
  /** About the `count` slots nearest to the vector of a slot, itself among them once it is taken in. */
  search(slot: number, count: number): number[];
  forget(slots: Iterable<number>): void;
  save(file: string): void;
}

const { m, efConstruction, seed } = settings.index;

/** Reads a graph that holds the first `filled` slots from `file`, or begins an empty one. */
export function createHnswSearch(
  store: VectorStore,
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

  return {
    get filled() {
      return filled;
    },
    search: (slot, count) => {
      hnsw.setEf(count);
      return hnsw.searchKnn(Array.from(store.vectors.at(slot)), count).neighbors;
    },
    fill: (count, end) => {
      for (const last = Math.min(end, filled + count); filled < last;) {
        if (store.idAt(filled) === 0) erase(filled);
        else add(filled, Array.from(store.vectors.at(filled)));
      }
    },
    forget: (slots) => {
      const end = filled;
      for (const slot of slots) if (slot < end) erase(slot);
      filled = end;
    },
    save: (to) => hnsw.writeIndexSync(to),
  };
}
