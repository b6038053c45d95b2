import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { squaredDistance } from '../../app/engine/vector/distance.ts';
import { openFaceIndex, type FaceIndex } from '../../app/engine/vector/face-index.ts';
import { saveIndex } from '../../app/engine/vector/index-file.ts';
import { createNeighbourGraph, type NeighbourGraph } from '../../app/engine/vector/neighbour-graph.ts';
import { multiply } from '../../app/engine/vector/products.ts';
import { sortRow } from '../../app/engine/vector/sort-row.ts';
import { createVectorStore, type VectorStore } from '../../app/engine/vector/vector-store.ts';
import { settings } from '../../app/engine/settings.ts';
import { head, measure, residentMegabytes, row } from './measure.ts';
import { fillSyntheticFaces, space512 } from './synthetic-faces.ts';

/** Where indexes are kept between runs. */
export const kept = join(tmpdir(), 'familiar-bench');
/** Faces up to which the lists are those of all pairs. */
const allPairs = 100_000;
/** Faces in a bucket above that, about. */
const bucketFaces = 2500;
/** Rows and columns of one product. */
const [tileRows, tileColumns] = [512, 1024];
const { dimensions } = space512;
const k = settings.index.neighbours;

/**
 * The index of so many made-up faces, from the temporary folder or built there once. Filling a million through the
 * product's own path takes hours, so lists are found by blocked products: of all pairs up to 100,000 faces, above that
 * among the faces of people whose means share the nearest of some seeds.
 */
export async function readyIndex(faces: number): Promise<FaceIndex> {
  const dir = join(kept, String(faces));
  const open = (): FaceIndex => openFaceIndex(dir, 'bench', dimensions, Infinity);
  const found = open();
  if (found.store.size >= faces) return found;
  const built = await measure(() => buildIndex(faces, dir));
  head('building lists of', 'wall s', 'CPU s', 'resident');
  row(String(faces), built.wall / 1000, built.cpu / 1000, residentMegabytes());
  return open();
}

async function buildIndex(faces: number, dir: string): Promise<void> {
  const store = createVectorStore(dimensions);
  const people = fillSyntheticFaces(faces, space512, 1, (at) => store.vectors.at(store.add(at + 1, empty)));
  const graph = createNeighbourGraph(k);
  graph.grow(faces);
  const everybody = Int32Array.from(people.keys());
  const buckets = faces <= allPairs ? [everybody] : await gatherBuckets(store, people);
  for (const slots of buckets) await compareAmong(store, graph, slots);
  for (const slot of everybody) settleList(store, graph, slot);
  const ids = everybody.map((slot) => slot + 1);
  const tables = { vectors: store.vectors, slots: graph.slots, distances: graph.distances };
  saveIndex(dir, { version: 'bench', dimensions, k }, { ids, ...tables, hnsw: undefined });
}

const empty = new Float32Array(dimensions);

/** Slots of faces whose person's mean lies nearest to the same seed; seeds are people. */
async function gatherBuckets({ vectors }: VectorStore, people: Int32Array): Promise<Int32Array[]> {
  const count = people.reduce((most, person) => Math.max(most, person), 0) + 1;
  const means = new Float32Array(count * dimensions);
  for (const [slot, person] of people.entries()) {
    const vector = vectors.at(slot);
    const first = person * dimensions;
    for (let i = 0; i < dimensions; i++) means[first + i] = (means[first + i] ?? 0) + (vector[i] ?? 0);
  }
  // The length of a mean does not matter, that of a seed does.
  const seedCount = Math.ceil(people.length / bucketFaces);
  const seeds = new Float32Array(seedCount * dimensions);
  for (let seed = 0; seed < seedCount; seed++) {
    const person = Math.floor((seed * count) / seedCount);
    const mean = means.subarray(person * dimensions, (person + 1) * dimensions);
    const norm = Math.hypot(...mean);
    seeds.set(
      mean.map((value) => value / norm),
      seed * dimensions,
    );
  }
  const nearest = new Int32Array(count);
  const products = new Float32Array(tileColumns * seedCount);
  for (let first = 0; first < count; first += tileColumns) {
    const rows = Math.min(tileColumns, count - first);
    const tile = { values: means.subarray(first * dimensions), rows };
    await multiply(tile, { values: seeds, rows: seedCount }, dimensions, products);
    for (let at = 0; at < rows; at++) {
      const own = products.subarray(at * seedCount, (at + 1) * seedCount);
      nearest[first + at] = own.indexOf(own.reduce((most, value) => Math.max(most, value), -Infinity));
    }
  }
  return [...Map.groupBy(people.keys(), (slot) => nearest[people[slot] ?? 0]).values()].map((slots) =>
    Int32Array.from(slots),
  );
}

/** Offers every pair among `slots` to both ends, at the distance that float32 products give. */
async function compareAmong({ vectors }: VectorStore, graph: NeighbourGraph, slots: Int32Array): Promise<void> {
  const values = new Float32Array(slots.length * dimensions);
  for (const [at, slot] of slots.entries()) values.set(vectors.at(slot), at * dimensions);
  /** The least product that changes a list. */
  const needed = new Float32Array(slots.length).fill(-2);
  const products = new Float32Array(tileRows * tileColumns);
  const offer = (to: number, other: number, distance: number): void => {
    const slot = slots[to] ?? 0;
    graph.offer(slot, slots[other] ?? 0, distance);
    const last = graph.distances.at(slot)[k - 1] ?? Infinity;
    needed[to] = 1 - (last * last) / 2;
  };
  for (let first = 0; first < slots.length; first += tileRows) {
    const tile = { values: values.subarray(first * dimensions), rows: Math.min(tileRows, slots.length - first) };
    for (let column = first - (first % tileColumns); column < slots.length; column += tileColumns) {
      const rows = Math.min(tileColumns, slots.length - column);
      await multiply(tile, { values: values.subarray(column * dimensions), rows }, dimensions, products);
      for (let a = first; a < first + tile.rows; a++) {
        const start = (a - first) * rows - column;
        for (let b = Math.max(a + 1, column); b < column + rows; b++) {
          const product = products[start + b] ?? 0;
          if (product <= (needed[a] ?? -2) && product <= (needed[b] ?? -2)) continue;
          const distance = Math.sqrt(Math.max(0, 2 - 2 * product));
          offer(a, b, distance);
          offer(b, a, distance);
        }
      }
    }
  }
}

/** The distances of one list as the index has them, worked out in float64. */
function settleList({ vectors }: VectorStore, graph: NeighbourGraph, slot: number): void {
  const list = graph.slots.at(slot);
  const distances = graph.distances.at(slot);
  const vector = vectors.at(slot);
  const none = list.indexOf(-1);
  const count = none < 0 ? list.length : none;
  for (let at = 0; at < count; at++) {
    distances[at] = Math.sqrt(squaredDistance(vector, 0, vectors.at(list[at] ?? 0), 0, dimensions));
  }
  sortRow(list, distances, 0, count);
}
