import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import { openFaceIndex, type FaceIndex } from '../../app/engine/vector/face-index.ts';
import { createHnswSearch, type HnswSearch } from '../../app/engine/vector/hnsw-search.ts';
import { saveIndex } from '../../app/engine/vector/index-file.ts';
import type { NeighbourGraph } from '../../app/engine/vector/neighbour-graph.ts';
import { everybodyAlone } from './grouping-input.ts';
import { head, measure, residentMegabytes, row } from './measure.ts';
import { kept, readyIndex } from './ready-index.ts';
import { createSyntheticFaces, space512 } from './synthetic-faces.ts';

const { dimensions } = space512;
/** Lists are measured on these many faces. */
const probes = 300;

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
 * What adding to so many faces costs: compared with all, along the graph as an import does it in so large a library, and
 * how much the graph finds.
 */
export async function benchAdding(faces = 100_000): Promise<void> {
  const index = await readyIndex(faces);
  const graphDir = await readyGraph(index, faces);
  console.log(`\nAdding to ${faces} faces of ${dimensions}, ms a face`);
  head('how', 'CPU', 'wall');
  for (const portion of [1, 6, 32]) await addPortions(index, `compared with all, ${portion} at a time`, portion);
  const byGraph = openFaceIndex(graphDir, 'bench', dimensions, 0);
  for (const portion of [1, 6, 32]) await addPortions(byGraph, `along the graph, ${portion} at a time`, portion);
  const { store, graph } = await readyIndex(faces);
  const hnsw = createHnswSearch(store, graph, { file: join(graphDir, '1.hnsw'), filled: faces });
  head('searched with ef', 'CPU ms', 'recall of the 32 nearest', 'of the 128');
  for (const ef of [128, 256, 400, 600]) benchSearch(graph, hnsw, faces, ef);
}

/** Adds and links, as `IndexService.add` does. */
async function addPortions(index: FaceIndex, how: string, portion: number): Promise<void> {
  const first = index.store.size;
  const count = Math.max(64, portion * 4);
  const { vectors } = createSyntheticFaces(count, space512, first);
  const { wall, cpu } = await measure(async () => {
    for (let at = 0; at < count; at++) {
      index.add(first + at + 1, vectors.subarray(at * dimensions, (at + 1) * dimensions));
      if (at % portion === portion - 1) await index.link();
    }
    await index.link();
  });
  row(how, cpu / count, wall / count);
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

/** The lists of the index are exact: what the graph finds is held against them. */
function benchSearch(graph: NeighbourGraph, hnsw: HnswSearch, faces: number, ef: number): void {
  let [near, all] = [0, 0];
  const before = process.cpuUsage();
  for (let probe = 0; probe < probes; probe++) {
    const slot = Math.floor((probe * faces) / probes);
    // It finds itself too.
    const found = new Set(hnsw.search(slot, graph.k + 1, ef));
    for (const [rank, other] of graph.slots.at(slot).entries()) {
      if (!found.has(other)) continue;
      all++;
      if (rank < 32) near++;
    }
  }
  const { user, system } = process.cpuUsage(before);
  row(
    String(ef),
    (user + system) / 1000 / probes,
    (near / probes / 32).toFixed(4),
    (all / probes / graph.k).toFixed(4),
  );
}
