import { settings } from '../settings.ts';
import { linkExactly } from './exact-search.ts';
import { createHnswSearch, type HnswSearch } from './hnsw-search.ts';
import { loadIndex, saveIndex } from './index-file.ts';
import { createNeighbourGraph, type NeighbourGraph } from './neighbour-graph.ts';
import { createVectorStore, isUnitVector, type VectorStore } from './vector-store.ts';

/** The vectors of one embedding version with each face's nearest neighbours, kept in a folder. */
export interface FaceIndex {
  readonly store: VectorStore;
  readonly graph: NeighbourGraph;
  /** Gives the slot, undefined where the vector is not of length 1. Does nothing for a face that it holds. */
  add(id: number, vector: Float32Array): number | undefined;
  remove(ids: Iterable<number>): void;
  /** Writes the index down if it has changed. */
  save(): void;
}

const { neighbours: k, exactFaces, staleShare } = settings.index;

/** Opens the index of `version` in `dir`; begins an empty one where that is missing, damaged or mostly removed faces. */
export function openFaceIndex(dir: string, version: string, dimensions: number): FaceIndex {
  const shape = { version, dimensions, k };
  const found = loadIndex(dir, shape);
  const removed = found?.rows.ids.reduce((count, id) => count + (id === 0 ? 1 : 0), 0) ?? 0;
  const saved = found && removed <= staleShare * found.rows.ids.length ? found : undefined;
  const store = createVectorStore(dimensions, saved?.rows.ids, saved?.rows.vectors);
  const graph = createNeighbourGraph(k, saved?.rows.slots, saved?.rows.distances);
  let hnsw: HnswSearch | undefined = saved?.hnsw === undefined ? undefined : createHnswSearch(store, graph, saved.hnsw);
  let changed = saved === undefined;

  /** From here on comparing with everyone would take longer than asking the graph. */
  const beginHnsw = (): void => {
    hnsw = createHnswSearch(store, graph);
    for (let slot = 0; slot < store.size; slot++) if (store.idAt(slot)) hnsw.add(slot);
  };

  return {
    store,
    graph,
    add: (id, vector) => {
      const held = store.slotOf(id);
      if (held !== undefined) return held;
      if (!isUnitVector(vector, dimensions)) return undefined;
      const slot = store.add(id, vector);
      changed = true;
      if (hnsw) hnsw.link(slot);
      else linkExactly(store, graph, slot);
      if (!hnsw && store.live > exactFaces) beginHnsw();
      return slot;
    },
    remove: (ids) => {
      const gone = new Set<number>();
      for (const id of ids) {
        const slot = store.remove(id);
        if (slot !== undefined) gone.add(slot);
      }
      if (gone.size === 0) return;
      changed = true;
      graph.forget(gone);
      hnsw?.forget(gone);
    },
    save: () => {
      if (!changed) return;
      const rows = {
        ids: Int32Array.from({ length: store.size }, (_, slot) => store.idAt(slot)),
        vectors: store.vectors.subarray(0, store.size * dimensions),
        slots: graph.slots.subarray(0, store.size * k),
        distances: graph.distances.subarray(0, store.size * k),
      };
      const graphToSave = hnsw;
      saveIndex(dir, shape, rows, graphToSave && ((file) => graphToSave.save(file)));
      changed = false;
    },
  };
}
