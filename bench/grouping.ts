/**
 * How well faces are grouped, beside other methods: `node bench/grouping.ts LFW_DIR [PACK…]`, LFW_DIR with a folder per
 * person. Needs scikit-learn in the Python environment FAMILIAR_PYTHON.
 *
 * The photos go through our detection, alignment and embedding. The people are dealt into two halves, several times;
 * on each half every method is tried at all its settings. "Held out": the setting that is best on one half, together
 * with its neighbours, judged on the other. "At the precision": the best setting of the very half that reaches it, so
 * that methods are compared at the same precision.
 */
import { resolve } from 'node:path';

import { readPack } from '../app/engine/model/pack.ts';
import type { KnownFaces } from '../scripts/calibration/embed-folders.ts';
import { knownFaces } from '../scripts/calibration/known-faces.ts';
import { pickKnown } from '../scripts/calibration/pick-known.ts';
import { dealHalves } from '../app/engine/insights/people-halves.ts';
import { tryThresholds } from '../scripts/calibration/try-thresholds.ts';
import { bestTrial, judge, smoothTrials, type Trial } from '../app/engine/insights/trials.ts';
import { createRandom } from '../test/factories/library.ts';
import { groupByPeers } from './grouping/group-by-peers.ts';

const deals = 5;
const wantedPrecision = 0.98;
const packDir = resolve(import.meta.dirname, '../resources/models/packs');
/** All that a method came to on one half, by its name. */
type Tried = Map<string, Trial[]>;

const [root, ...packs] = process.argv.slice(2);
if (root === undefined) throw new Error('which photos? node bench/grouping.ts LFW_DIR [PACK…]');
for (const pack of packs.length > 0 ? packs : ['fr-feature', 'facenet', 'dlib-resnet']) {
  const { pair } = readPack(packDir, pack, 'embedder').manifest.thresholds;
  const faces = await knownFaces(pack, root);
  const halves: Tried[] = [];
  for (let seed = 1; seed <= deals; seed++) {
    for (const rows of dealHalves(faces.people, createRandom(seed)))
      halves.push(await tryAll(pickKnown(faces, rows), pair));
  }
  tell(pack, halves);
}

async function tryAll(faces: KnownFaces, pair: number): Promise<Tried> {
  const tried: Tried = new Map();
  for (const { method, setting, numbers, groups } of groupByPeers(faces.vectors, faces.dimensions, pair)) {
    const at = numbers.map((number) => number / pair);
    tried.set(method, [...(tried.get(method) ?? []), judge(setting, at, faces.people, groups)]);
  }
  return tried.set('Familiar', await tryThresholds(faces, pair));
}

/** A row for each method: mean and standard deviation over the halves. */
function tell(pack: string, halves: readonly Tried[]): void {
  const heldOut = (method: string): Trial[] =>
    halves.map((tried, half) => {
      const other = halves[half ^ 1]?.get(method) ?? [];
      const { setting } = bestTrial(smoothTrials(other), wantedPrecision);
      return bestTrial(tried.get(method)?.filter((trial) => trial.setting === setting) ?? [], 0);
    });
  const atPrecision = (method: string): Trial[] =>
    halves.map((tried) => bestTrial(tried.get(method) ?? [], wantedPrecision));
  const [plain, plainHere] = [heldOut('DBSCAN'), atPrecision('DBSCAN')].map(meanError);
  const columns = ['held out: error', 'of DBSCAN', 'pairs precise', 'pairs found', `at ${wantedPrecision}: error`];
  console.log(`\n| ${pack} | ${[...columns, 'of DBSCAN', 'pairs precise'].join(' | ')} | chosen most often |`);
  console.log(`| --- |${' ---: |'.repeat(columns.length + 2)} --- |`);
  for (const method of halves[0]?.keys() ?? []) {
    const [held, here] = [heldOut(method), atPrecision(method)];
    const cells = [
      method,
      spread(held.map(({ error }) => error)),
      share(meanError(held), plain),
      mean(held.map(({ precision }) => precision)).toFixed(3),
      mean(held.map(({ recall }) => recall)).toFixed(3),
      spread(here.map(({ error }) => error)),
      share(meanError(here), plainHere),
      mean(here.map(({ precision }) => precision)).toFixed(3),
      mostOften(here.map(({ setting }) => setting)),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function meanError(trials: readonly Trial[]): number {
  return mean(trials.map(({ error }) => error));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spread(values: readonly number[]): string {
  const centre = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return `${centre.toFixed(4)} ± ${deviation.toFixed(4)}`;
}

function share(part: number, whole = NaN): string {
  return `${Math.round((100 * part) / whole)} %`;
}

function mostOften(values: readonly string[]): string {
  const count = (value: string): number => values.filter((other) => other === value).length;
  return values.toSorted((a, b) => count(b) - count(a))[0] ?? '';
}
