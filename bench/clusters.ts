/**
 * What the index and the grouping cost: `node bench/clusters.ts [faces …]`, made-up faces of 512 numbers. People have
 * sizes as in real libraries, a few with thousands of faces and many with a handful.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { groupFaces } from '../app/engine/cluster/group-faces.ts';
import { squaredDistance } from '../app/engine/vector/distance.ts';
import { openFaceIndex, type FaceIndex } from '../app/engine/vector/face-index.ts';
import { createIdentities } from '../test/factories/identities.ts';

const dimensions = 512;
/** With this spread faces of one person are 0.88 apart, as those of fr-feature are on the average. */
const spread = 0.8;
const thresholds = { eps: 1.04, acceptance: 1.14, minSamples: 2 };
const sizes = process.argv.slice(2).map(Number);

/** Milliseconds of wall clock and CPU. */
async function time<T>(what: string, work: () => T | Promise<T>, each = 1): Promise<T> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  const wall = (performance.now() - start) / each;
  console.log(
    `  ${what.padEnd(40)} ${wall.toFixed(2).padStart(10)} ms, CPU ${((user + system) / 1000 / each).toFixed(2).padStart(10)} ms`,
  );
  return value;
}

function exactNeighbours({ store }: FaceIndex, slot: number, k: number): number[] {
  return Array.from({ length: store.size }, (_, other) => other)
    .filter((other) => other !== slot)
    .map((other) => ({ other, d: squaredDistance(store.vectors, slot, store.vectors, other, dimensions) }))
    .sort((a, b) => a.d - b.d)
    .slice(0, k)
    .map(({ other }) => other);
}

for (const size of sizes.length > 0 ? sizes : [1000, 2000, 10_000]) {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-bench-'));
  const index = openFaceIndex(dir, 'bench', dimensions);
  const identities = createIdentities(1, dimensions, spread);
  const next = (): Float32Array<ArrayBuffer> => identities.face(Math.floor((size / 20) * identities.random() ** 3));
  console.log(`${size} faces`);
  const most = Array.from({ length: Math.min(size, 500) }, next);
  await time(
    'adding, all but the last, per face',
    () => {
      for (let id = 1; id <= size - most.length; id++) index.add(id, next());
    },
    Math.max(1, size - most.length),
  );
  let hits = 0;
  await time(
    `adding the last ${most.length}, per face`,
    () => {
      for (const [at, vector] of most.entries()) index.add(size - most.length + at + 1, vector);
    },
    most.length,
  );
  const { k, slots } = index.graph;
  const probes = 50;
  for (let slot = size - probes; slot < size; slot++) {
    const held = new Set(slots.subarray(slot * k, (slot + 1) * k));
    for (const other of exactNeighbours(index, slot, k)) hits += Number(held.has(other));
  }
  console.log(`  recall at ${k} of the last ${probes}: ${(hits / probes / k).toFixed(4)}`);
  const none = new Int32Array(0);
  const core = Int32Array.from({ length: size }, (_, i) => i + 1);
  const input = { ...thresholds, core, cannotLink: none, labels: none, rejections: none };
  const { clusters } = await time('grouping', () => groupFaces(index, input, new AbortController().signal));
  console.log(`  ${new Set(clusters).size} groups`);
  await time('saving', () => index.save());
  await time('opening', () => openFaceIndex(dir, 'bench', dimensions));
  console.log(`  ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB resident`);
  rmSync(dir, { recursive: true });
}
