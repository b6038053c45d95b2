import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { groupFaces } from '../../app/engine/cluster/group-faces.ts';
import { loadBackend } from '../../app/engine/model/engines/tfjs/backend.ts';
import { settings } from '../../app/engine/settings.ts';
import { identityHead } from '../../app/engine/tune/head.ts';
import { seededRandom } from '../../app/engine/seeded-random.ts';
import { trainWatched } from '../../app/engine/tune/train-watched.ts';
import type { ComparedFaces } from '../../app/engine/vector/compared-faces.ts';
import type { FaceIndex } from '../../app/engine/vector/face-index.ts';
import { multiply } from '../../app/engine/vector/products.ts';
import { blockRows } from '../../app/engine/vector/rows.ts';
import { knownFaces } from '../../scripts/calibration/known-faces.ts';
import { indexKnown } from '../../scripts/calibration/known-groups.ts';
import { normal } from '../../test/factories/identities.ts';
import { createRandom } from '../../test/factories/library.ts';
import { compareAll } from '../tune/compare-all.ts';
import { simulateUser } from '../tune/simulated-user.ts';
import { everybodyAlone } from './grouping-input.ts';
import { head, measure, residentMegabytes, row } from './measure.ts';
import { readyIndex } from './ready-index.ts';
import { space512 } from './synthetic-faces.ts';

const never = new AbortController().signal;
/** Faces whose lists are held against all others. */
const probes = 300;
const nearest = 32;

/** What adopting a head costs: every face projected, every list weighed anew, everybody grouped. */
export async function benchTuned(faces = 100_000): Promise<void> {
  const index = await readyIndex(faces);
  const weights = madeUpHead(space512.dimensions);
  console.log(`\nA head on ${faces} faces of ${space512.dimensions}; it moves them by ${await moved(index, weights)}`);
  head('run', 'projected and re-weighed, wall s', 'CPU s', 'grouped, wall s', 'CPU s', 'together, CPU s', 'resident');
  for (const run of ['1', '2']) {
    await index.use(null, never);
    const view = await measure(() => index.use(weights, never));
    const groups = await measure(() => groupFaces(index, everybodyAlone(faces, space512), never));
    const together = (view.cpu + groups.cpu) / 1000;
    row(run, view.wall / 1000, view.cpu / 1000, groups.wall / 1000, groups.cpu / 1000, together, residentMegabytes());
  }
  head('recall of the 32 nearest', 'of 300 faces');
  row('before, by the embedding', (await recall(index)).toFixed(4));
  row('after, by the head, among the 128 by the embedding', (await recall(index.compared)).toFixed(4));
}

/** The same recall with a head that is really learnt, on the photos of lfw-dev. */
export async function benchTunedLfw(): Promise<void> {
  const tf = await loadBackend('native');
  head('pack', 'seed', 'the head moves faces by', 'recall of the 32 nearest after it', 'of the 8 nearest');
  for (const pack of ['facenet', 'fr-feature', 'dlib-resnet'].filter(isInstalled)) {
    const known = await knownFaces(pack, resolve('../shared/data/lfw-dev'));
    const radius = pack === 'dlib-resnet' ? 0.37 : space512.eps;
    const { near } = compareAll(tf, known.vectors, known.people, [], [], radius);
    const { faces } = simulateUser(known, near, radius, 1);
    const from = identityHead(known.dimensions);
    const trained = await trainWatched(tf, faces, {
      settings: settings.tune,
      from,
      random: seededRandom(1),
      signal: never,
    });
    const { index } = await indexKnown(known);
    const distance = await moved(index, trained.head.weights);
    const [all, few] = [await recall(index.compared), await recall(index.compared, 8)];
    row(pack, '1', distance, all.toFixed(4), few.toFixed(4));
  }
}

function isInstalled(pack: string): boolean {
  return existsSync(resolve(import.meta.dirname, '../../resources/models/packs', pack));
}

/** Random weights that move a face about as far as a head learnt on lfw-dev does. */
function madeUpHead(dimensions: number): Float32Array<ArrayBuffer> {
  const random = createRandom(3);
  const strength = 0.5 / Math.sqrt(dimensions);
  return Float32Array.from({ length: dimensions ** 2 }, () => strength * normal(random));
}

/** Puts a head in use and tells the mean distance between a face before and after it. */
async function moved(index: FaceIndex, weights: Float32Array): Promise<string> {
  await index.use(weights, never);
  let sum = 0;
  for (let probe = 0; probe < probes; probe++) {
    const slot = Math.floor((probe * index.store.size) / probes);
    const [from, to] = [index.store.vectors.at(slot), index.compared.store.vectors.at(slot)];
    sum += Math.sqrt(from.reduce((square, value, i) => square + (value - (to[i] ?? 0)) ** 2, 0));
  }
  return (sum / probes).toFixed(2);
}

/** Share of the nearest by comparing with all that are among the first of the lists. */
async function recall({ store, graph }: ComparedFaces, count = nearest): Promise<number> {
  const { dimensions, vectors, size } = store;
  const slots = Array.from({ length: probes }, (_, probe) => Math.floor((probe * size) / probes));
  const values = new Float32Array(probes * dimensions);
  for (const [at, slot] of slots.entries()) values.set(vectors.at(slot), at * dimensions);
  const all = slots.map(() => new Float32Array(size));
  const products = new Float32Array(probes * blockRows);
  for (const [block, rows] of vectors.blocks.entries()) {
    const first = block * blockRows;
    const others = { values: rows, rows: Math.min(blockRows, size - first) };
    await multiply({ values, rows: probes }, others, dimensions, products);
    for (const [at, own] of all.entries()) own.set(products.subarray(at * others.rows, (at + 1) * others.rows), first);
  }
  let hits = 0;
  for (const [at, slot] of slots.entries()) {
    const own = all[at] ?? products;
    own[slot] = -Infinity;
    const least = own.slice().sort()[size - count] ?? 0;
    for (const other of graph.slots.at(slot).subarray(0, count)) hits += Number((own[other] ?? -Infinity) >= least);
  }
  return hits / probes / count;
}
