import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';

import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import { openFaceIndex, type FaceIndex } from '../../app/engine/vector/face-index.ts';
import { createHnswSearch } from '../../app/engine/vector/hnsw-search.ts';
import { saveIndex } from '../../app/engine/vector/index-file.ts';
import { everybodyAlone } from './grouping-input.ts';
import { head, measure, residentMegabytes, row, type Cost } from './measure.ts';
import { kept, readyIndex } from './ready-index.ts';
import { createSyntheticFaces, space512 } from './synthetic-faces.ts';

const { dimensions } = space512;
/** What is found is measured on these many faces. */
const probes = 300;
/** Faces added by each way in a round. */
const added = 96;
const rounds = 3;
/** Candidates of a search that are compared. */
const candidates = [256, 400, 600, 1000, 1600];

/** A full grouping of so many faces, on lists that are there. */
export async function benchGrouping(faces = 100_000): Promise<void> {
  const index = await readyIndex(faces);
  const input = everybodyAlone(faces, space512);
  console.log(`\nGrouping ${faces} faces on a ready graph`);
  head('run', 'wall s', 'CPU s', 'groups', 'resident');
  for (const run of ['1', '2', '3']) {
    const { value, wall, cpu } = await measure(() => groupFaces(index, input, new AbortController().signal));
    row(run, wall / 1000, cpu / 1000, String(new Set(value.clusters).size), residentMegabytes());
  }
  console.log(`at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB resident`);
}

/**
 * What adding to so many faces costs by the whole path of an import: compared with all, and along the graph. The same faces
 * come by both ways in turns, so the lists of the one tell what the other misses.
 */
export async function benchAdding(faces = 100_000): Promise<void> {
  const all = await readyIndex(faces);
  const byGraph = openFaceIndex(await readyGraph(all, faces), 'bench', dimensions, 0);
  console.log(`\nAdding to ${faces} faces of ${dimensions}, ms a face in ${rounds} rounds of ${added}, load ${load()}`);
  const ways = { 'compared with all': all, 'along the graph': byGraph };
  for (const [way, index] of Object.entries(ways)) {
    const { wall, cpu } = await addPortions(index, 1, 1);
    console.log(`The first after opening, ${way}: ${cpu.toFixed(0)} ms CPU, ${wall.toFixed(0)} wall`);
  }
  head('how', 'CPU', 'wall');
  for (const portion of [1, 6, 32]) {
    const costs = Object.entries(ways).map(([way, index]) => ({
      way,
      index,
      cpu: [] as number[],
      wall: [] as number[],
    }));
    for (let round = 0; round < rounds; round++) {
      for (const { index, cpu, wall } of costs) {
        const cost = await addPortions(index, added, portion);
        cpu.push(cost.cpu / added);
        wall.push(cost.wall / added);
      }
    }
    for (const { way, cpu, wall } of costs) row(`${way}, ${portion} at a time`, range(cpu), range(wall));
  }
  console.log(`load ${load()}; ${residentMegabytes()} resident with both`);
  head('lists of', 'recall of the 32 nearest', 'of the 128');
  compareLists(all, byGraph, 'the added', faces, all.store.size);
  compareLists(all, byGraph, 'the others', 0, faces);
  await benchSearches(all, faces);
}

const load = (): string => loadavg()[0]?.toFixed(1) ?? '';
const range = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;

/** Adds and links, as `IndexService.add` does. */
function addPortions(index: FaceIndex, count: number, portion: number): Promise<Cost> {
  const first = index.store.size;
  const { vectors } = createSyntheticFaces(count, space512, first);
  return measure(async () => {
    for (let at = 0; at < count; at++) {
      index.add(first + at + 1, vectors.subarray(at * dimensions, (at + 1) * dimensions));
      if (at % portion === portion - 1) await index.link();
    }
    await index.link();
  });
}

/** How much of the lists that are exact is in the others. */
function compareLists(exact: FaceIndex, other: FaceIndex, whose: string, from: number, to: number): void {
  const tally = createTally();
  for (let slot = from; slot < to; slot++) tally.count(exact.graph.slots.at(slot), new Set(other.graph.slots.at(slot)));
  row(whose, ...tally.recall());
}

/** The folder of an index that holds the graph too, built once. */
async function readyGraph({ store, graph }: FaceIndex, faces: number): Promise<string> {
  const dir = join(kept, `${faces}-graph`);
  if (existsSync(dir)) return dir;
  const hnsw = createHnswSearch(store, graph);
  const { wall, cpu } = await measure(() => hnsw.fill(faces, faces));
  head('how', 'CPU ms a face', 'wall');
  row('taken into the graph', cpu / faces, wall / faces);
  const ids = Int32Array.from({ length: faces }, (_, slot) => slot + 1);
  const tables = { vectors: store.vectors, slots: graph.slots, distances: graph.distances };
  saveIndex(dir, { version: 'bench', dimensions, k: graph.k }, { ids, ...tables, hnsw });
  return dir;
}

/** What HNSW finds is held against lists that are exact: of faces that it holds, and of those added since, mostly of new people. */
async function benchSearches({ store, graph }: FaceIndex, faces: number): Promise<void> {
  const hnsw = createHnswSearch(store, graph, { file: join(kept, `${faces}-graph`, '1.hnsw'), filled: faces });
  const spread = (from: number, to: number): number[] =>
    Array.from({ length: probes }, (_, probe) => from + Math.floor((probe * (to - from)) / probes));
  const probed = { 'a face that it holds': spread(0, faces), 'an added one': spread(faces, store.size) };
  head('searched with ef', 'CPU ms', 'recall of the 32 nearest', 'of the 128');
  for (const [whose, slots] of Object.entries(probed)) {
    for (const ef of candidates) {
      // A face that it holds finds itself too.
      const { value, cpu } = await measure(() => slots.map((slot) => hnsw.search(slot, graph.k + 1, ef)));
      const tally = createTally();
      for (const [probe, found] of value.entries()) {
        const exact = graph.slots.at(slots[probe] ?? 0).filter((slot) => slot < faces);
        tally.count(exact, new Set(found));
      }
      row(`${whose}, ${ef}`, cpu / probes, ...tally.recall());
    }
  }
}

/** Counts how much of exact lists was found. */
function createTally() {
  const ofNear = { found: 0, all: 0 };
  const ofAll = { found: 0, all: 0 };
  return {
    count: (exact: Int32Array, found: ReadonlySet<number>): void => {
      for (const [rank, other] of exact.entries()) {
        for (const tally of rank < 32 ? [ofNear, ofAll] : [ofAll]) {
          tally.all++;
          if (found.has(other)) tally.found++;
        }
      }
    },
    /** Of the 32 nearest, and of all. */
    recall: (): string[] => [ofNear, ofAll].map(({ found, all }) => (found / all).toFixed(4)),
  };
}
