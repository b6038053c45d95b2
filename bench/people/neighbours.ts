import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import type { FaceIndex } from '../../app/engine/vector/face-index.ts';
import { createHnswSearch, type HnswSearch } from '../../app/engine/vector/hnsw-search.ts';
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

/** What adding to so many faces costs, compared with all and by the graph, and how much the graph finds. */
export async function benchAdding(faces = 100_000): Promise<void> {
  const index = await readyIndex(faces);
  const { vectors } = createSyntheticFaces(1000, space512, 2);
  console.log(`\nAdding to ${faces} faces of ${dimensions}, CPU ms a face`);
  head('how', 'CPU ms', 'wall ms');
  let next = faces;
  for (const portion of [1, 6, 32]) {
    const count = Math.max(64, portion * 4);
    const { wall, cpu } = await measure(async () => {
      for (let at = 0; at < count; at++, next++) {
        index.add(next + 1, vectors.subarray((next - faces) * dimensions, (next - faces + 1) * dimensions));
        if (at % portion === portion - 1) await index.link();
      }
      await index.link();
    });
    row(`compared with all, ${portion} at a time`, cpu / count, wall / count);
  }
  const hnsw = await readyGraph(index, faces);
  const one = await measure(() => hnsw.fill(200, faces + 200));
  row('taken into the graph', one.cpu / 200, one.wall / 200);
  head('searched with ef', 'CPU ms', 'recall of the 32 nearest', 'of the 128');
  for (const ef of [128, 256, 400, 600]) benchSearch(index, hnsw, faces, ef);
}

async function readyGraph({ store, graph }: FaceIndex, faces: number): Promise<HnswSearch> {
  const file = join(kept, `${faces}.hnsw`);
  if (existsSync(file)) return createHnswSearch(store, graph, { file, filled: faces });
  const hnsw = createHnswSearch(store, graph);
  const { wall, cpu } = await measure(() => hnsw.fill(faces, faces));
  row('filling the graph, each', cpu / faces, wall / faces);
  hnsw.save(file);
  return hnsw;
}

/** The lists of the index are exact: what the graph finds is held against them. */
function benchSearch({ graph }: FaceIndex, hnsw: HnswSearch, faces: number, ef: number): void {
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
