import { Failure } from '../../contract/errors.ts';
import { alikeSlots } from './alike-slots.ts';
import type { ComparedFaces } from './compared-faces.ts';
import { dotProduct } from './distance.ts';
import { createNeighbourGraph, type GraphWatcher, type NeighbourGraph } from './neighbour-graph.ts';
import { createGatheredRows } from './gathered-rows.ts';
import { createPause } from './pause.ts';
import { createProjection } from './projection.ts';
import { blockRows } from './rows.ts';
import { sortRow } from './sort-row.ts';
import { createVectorRows, type VectorStore } from './vector-store.ts';

/**
 * The faces of an index after a head. Each face keeps the candidates that it has by its embedding; they are compared and
 * sorted anew. It follows every change of the lists below it until it is closed.
 */
export interface TunedView extends ComparedFaces {
  /**
   * Resolves once the view is whole. Others have their turn meanwhile.
   * @throws {Failure} `cancelled`, `bad-request`
   */
  complete(signal: AbortSignal): Promise<void>;
  /** Projects the faces before slot `end`: to be awaited before they are linked. */
  follow(end: number): Promise<void>;
  /** Nothing of these faces is left. */
  erase(slots: Iterable<number>): void;
  close(): void;
}

/** Faces whose lists are weighed together: what they list is then within reach of the processor, 2 MB at 512 numbers. */
const together = 16;

/** Faces by their embeddings, and lists that grow. */
export interface BaseFaces {
  readonly store: VectorStore;
  readonly graph: NeighbourGraph;
}

/**
 * @param weights of the head, dimensions × dimensions, row by row
 * @throws {Failure} `bad-request`
 */
export function createTunedView({ store, graph }: BaseFaces, weights: Float32Array): TunedView {
  const { dimensions } = store;
  const projection = createProjection(weights, dimensions);
  const vectors = createVectorRows(dimensions);
  const tuned = createNeighbourGraph(graph.k);
  let projected = 0;
  /**
   * 1 for slots whose lists were taken over, once that has begun: from there on a list follows what it was made of, and so
   * do those of slots that come later.
   */
  let weighed: Uint8Array | undefined;
  let isWhole = false;
  const isWeighed = (slot: number): boolean => isWhole || (weighed !== undefined && weighed[slot] !== 0);

  /** Of each slot its vector's product with itself, in float64: with it a distance takes half the time. */
  const squares: number[] = [];
  const rows = createGatheredRows(vectors);
  /** Between two that were taken. */
  const distanceTaken = (a: number, b: number): number => {
    const square = (squares[a] ?? 0) + (squares[b] ?? 0) - 2 * rows.product(a, b);
    return Math.sqrt(Math.max(0, square));
  };
  const distance = (a: number, b: number): number => {
    rows.clear();
    rows.take(a);
    rows.take(b);
    return distanceTaken(a, b);
  };
  const measureSquares = (first: number, end: number): void => {
    for (let slot = first; slot < end; slot++) squares[slot] = dotProduct(vectors.at(slot), vectors.at(slot));
  };

  /** Up to the end of a block. Gives the slots for which the head leaves no direction. */
  const projectBlock = async (end: number): Promise<number[]> => {
    const first = projected;
    const offset = first % blockRows;
    const rows = Math.min(end - first, blockRows - offset);
    const block = Math.floor(first / blockRows);
    const from = store.vectors.blocks[block]?.subarray(offset * dimensions);
    vectors.grow(first + rows);
    tuned.grow(first + rows);
    const into = vectors.blocks[block]?.subarray(offset * dimensions);
    if (!from || !into) throw new RangeError(`there is no block ${block}`);
    const bad = await projection.project({ values: from, rows }, into);
    // A face may have been removed in the meantime, and then nothing of it may stay.
    for (let slot = first; slot < first + rows; slot++) if (store.idAt(slot) === 0) vectors.at(slot).fill(0);
    measureSquares(first, first + rows);
    projected = first + rows;
    return bad.map((row) => first + row).filter((slot) => store.idAt(slot) !== 0);
  };

  const weigh = (slot: number): void => {
    const list = tuned.slots.at(slot);
    const far = tuned.distances.at(slot);
    let count = 0;
    for (const other of graph.slots.at(slot)) {
      if (other < 0) break;
      if (store.idAt(other) === 0) continue;
      list[count] = other;
      far[count++] = distanceTaken(slot, other);
    }
    sortRow(list, far, 0, count);
  };
  const weighTogether = (slots: ReadonlySet<number>): void => {
    rows.clear();
    for (const slot of slots) {
      rows.take(slot);
      for (const other of graph.slots.at(slot)) if (other >= 0) rows.take(other);
    }
    for (const slot of slots) {
      if (store.idAt(slot) !== 0) weigh(slot);
      if (weighed) weighed[slot] = 1;
    }
  };

  const watcher: GraphWatcher = {
    taken: (slot, neighbour, lost) => {
      if (!isWeighed(slot)) return;
      if (lost >= 0) tuned.drop(slot, lost);
      tuned.offer(slot, neighbour, distance(slot, neighbour));
    },
    forgot: (gone) => tuned.forget(gone),
  };
  graph.watchers.add(watcher);

  return {
    store: {
      dimensions,
      vectors,
      get size() {
        return store.size;
      },
      get live() {
        return store.live;
      },
      idAt: (slot) => store.idAt(slot),
      slotOf: (id) => store.slotOf(id),
    },
    graph: tuned,
    complete: async (signal) => {
      const pause = createPause(signal);
      while (projected < store.size) {
        const bad = await projectBlock(store.size);
        if (bad.length > 0) {
          const message = `this head leaves nothing of ${bad.length} faces that could be compared; use another head`;
          throw new Failure('bad-request', message);
        }
        if (pause.isDue) await pause.rest();
      }
      // No list holds a slot that is not projected: from here on `follow` is awaited before any is linked.
      const done = (weighed = new Uint8Array(projected));
      for (let slot = 0; slot < done.length; slot++) {
        if (done[slot] === 1) continue;
        weighTogether(alikeSlots(graph, slot, together, (near) => done[near] === 0));
        if (pause.isDue) await pause.rest();
      }
      isWhole = true;
      weighed = undefined;
    },
    follow: async (end) => {
      if (!weighed && !isWhole) return;
      // What a head makes nothing of stays as it is: a new face must not stop the others.
      while (projected < end) {
        for (const slot of await projectBlock(end)) {
          vectors.at(slot).set(store.vectors.at(slot));
          measureSquares(slot, slot + 1);
        }
      }
    },
    erase: (slots) => {
      for (const slot of slots) if (slot < projected) vectors.at(slot).fill(0);
    },
    close: () => void graph.watchers.delete(watcher),
  };
}
