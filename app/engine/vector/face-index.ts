import { setImmediate } from 'node:timers/promises';

import { settings } from '../settings.ts';
import { createCodedVectors } from './coded-vectors.ts';
import type { ComparedFaces } from './compared-faces.ts';
import { createHnswSearch, type HnswSearch } from './hnsw-search.ts';
import { loadIndex, saveIndex } from './index-file.ts';
import { linkByAll } from './link-by-all.ts';
import { createNeighbourGraph, type NeighbourGraph } from './neighbour-graph.ts';
import { createVectorStore, isUnitVector, type VectorStore } from './vector-store.ts';
import { createViews } from './views.ts';

/** The vectors of one embedding version with each face's nearest neighbours, kept in a folder. */
export interface FaceIndex {
  /** The embeddings and their neighbours, whatever head is in use. */
  readonly store: VectorStore;
  readonly graph: NeighbourGraph;
  /** The faces as they are compared now. What takes several turns keeps to one: it may change between two. */
  readonly compared: ComparedFaces;
  /**
   * From the moment it resolves faces are compared after the head of these weights, or as they are. The lists keep the
   * candidates that they have by the embeddings, and the files know nothing of heads.
   * @throws {Failure} `cancelled`, `bad-request`
   */
  use(weights: Float32Array | null, signal: AbortSignal): Promise<void>;
  /**
   * Takes a face in; `link` finds its neighbours. Gives the slot, undefined where the vector is not of length 1. Does
   * nothing for a face that it holds.
   */
  add(id: number, vector: Float32Array): number | undefined;
  /** Finds the neighbours of every face that was added. Many at a time cost far less each than one. */
  link(): Promise<void>;
  remove(ids: Iterable<number>): void;
  /** Links, and writes the index down if it has changed. */
  save(): Promise<void>;
}

const { neighbours: k, batch, comparedAtOnce, encodedAtOnce, filledPerFace, staleShare } = settings.index;

/**
 * Opens the index of `version` in `dir`; begins an empty one where that is missing, damaged or mostly removed faces. Up
 * to `exactFaces` everyone is compared with everyone; from there on an HNSW graph is filled a few faces at a time, and
 * once it holds all of them it is asked instead.
 */
export function openFaceIndex(
  dir: string,
  version: string,
  dimensions: number,
  exactFaces: number = settings.index.exactFaces,
): FaceIndex {
  const shape = { version, dimensions, k };
  const found = loadIndex(dir, shape);
  const removed = found?.ids.reduce((count, id) => count + (id === 0 ? 1 : 0), 0) ?? 0;
  const saved = found && removed <= staleShare * found.ids.length ? found : undefined;
  const store = createVectorStore(dimensions, saved?.ids, saved?.vectors);
  const graph = createNeighbourGraph(k, saved?.slots, saved?.distances);
  const views = createViews({ store, graph });
  const codes = createCodedVectors(store, graph);
  let hnsw: HnswSearch | undefined = saved?.hnsw && createHnswSearch(store, graph, saved.hnsw);
  let changed = saved === undefined;
  let linked = store.size;
  let linking = Promise.resolve();
  const gone = new Set<number>();

  const linkBatch = async (to: number): Promise<void> => {
    await views.follow(to);
    if (hnsw?.filled === linked) {
      for (let slot = linked; slot < to; slot++) hnsw.link(slot);
      return;
    }
    // After opening there are no codes yet.
    while (!codes.follow(linked, encodedAtOnce)) await setImmediate();
    try {
      linkByAll(store, graph, codes, linked, to);
    } catch (error) {
      // Another attempt would find half of the pairs there already.
      graph.forget(new Set(Array.from({ length: to - linked }, (_, at) => linked + at)));
      throw error;
    }
    if (store.live > exactFaces) hnsw ??= createHnswSearch(store, graph);
    hnsw?.fill((to - linked) * filledPerFace, to);
  };
  const linkPending = async (): Promise<void> => {
    while (linked < store.size) {
      const together = Math.max(1, Math.min(batch, Math.floor(comparedAtOnce / store.size)));
      const to = Math.min(store.size, linked + together);
      await linkBatch(to);
      linked = to;
      // Questions, new faces and a cancel get their turn.
      await setImmediate();
    }
  };
  const link = (): Promise<void> => {
    const turn = linking.then(linkPending);
    linking = turn.catch(() => undefined);
    return turn;
  };

  return {
    store,
    graph,
    get compared() {
      return views.current;
    },
    use: (weights, signal) => views.use(weights, signal),
    add: (id, vector) => {
      const held = store.slotOf(id);
      if (held !== undefined) return held;
      if (!isUnitVector(vector, dimensions)) return undefined;
      changed = true;
      return store.add(id, vector);
    },
    link,
    remove: (ids) => {
      const freed = Array.from(ids, (id) => store.remove(id) ?? -1).filter((slot) => slot >= 0);
      for (const slot of freed) gone.add(slot);
      codes.erase(freed);
      hnsw?.forget(freed);
      views.erase(freed);
      changed ||= gone.size > 0;
    },
    save: async () => {
      await link();
      if (!changed) return;
      if (gone.size > 0) graph.forget(gone);
      gone.clear();
      const ids = Int32Array.from({ length: store.size }, (_, slot) => store.idAt(slot));
      saveIndex(dir, shape, { ids, vectors: store.vectors, slots: graph.slots, distances: graph.distances, hnsw });
      changed = false;
    },
  };
}
