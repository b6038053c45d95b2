/**
 * Measures how well embedders tell two photos apart, and remakes what their manifests say of it:
 * `node scripts/calibrate-pairs.ts LFW_DIR PAIRS_FILE [--record] NAME…`, with our own detection and alignment.
 *
 * - accuracy: the LFW protocol on the pairs (Huang et al. 2007); `pair` is the threshold that is best on all of them.
 * - false accepts: all pairs of different people among all photos of the folder; and, as a check that the threshold
 *   holds for people it was not chosen on, the rate within each of ten folds of people at the threshold that is best on
 *   the other nine.
 *
 * `--record` writes what was measured, `pair` and the table of false accepts into resources/models/NAME.json.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { allPairs } from '../app/engine/evaluate/all-pairs.ts';
import { crossValidate } from '../app/engine/evaluate/cross-validate.ts';
import { parseLfwPairs, type LfwPair } from '../app/engine/evaluate/lfw-pairs.ts';
import { joinCounts, totals, type PairCounts } from '../app/engine/evaluate/pair-counts.ts';
import { createPairTally } from '../app/engine/evaluate/pair-tally.ts';
import { bestThreshold, rocOf } from '../app/engine/evaluate/roc.ts';
import { Description } from '../app/engine/model/catalogue.ts';
import { countFold } from './calibration/count-fold.ts';
import { knownFaces } from './calibration/known-faces.ts';

const modelsDir = resolve(import.meta.dirname, '../resources/models');
/** Rates at which the table has a line. */
const rates = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1];

const { values: options, positionals } = parseArgs({
  options: { record: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [root, pairsFile, ...names] = positionals;
if (!root || !pairsFile || names.length === 0) {
  throw new Error('use: node scripts/calibrate-pairs.ts LFW_DIR PAIRS_FILE [--record] NAME…');
}
const folds = parseLfwPairs(readFileSync(pairsFile, 'utf8'));
for (const name of names) await calibrate(name, root, folds);

async function calibrate(name: string, dir: string, pairs: readonly LfwPair[][]): Promise<void> {
  const faces = await knownFaces(name, dir);
  const counted = pairs.map((fold) => countFold(fold, faces));
  const { accuracy, std } = crossValidate(counted);
  const pair = round(bestThreshold(counted.reduce(joinCounts)).threshold, 3);

  const { vectors, dimensions, people } = faces;
  const tally = createPairTally(Math.max(...people) + 1);
  const take = (distance: number, i: number, j: number): void => tally.add(distance, people[i] ?? -1, people[j] ?? -1);
  await allPairs(vectors, dimensions, take, () => Promise.resolve());
  const { folds: peopleFolds, all: everybody } = tally.counts();
  const roc = rocOf(everybody);
  const heldOut = peopleFolds.map((fold, k) => {
    const others = peopleFolds.filter((_, i) => i !== k).reduce(joinCounts);
    return rateAt(fold, bestThreshold(others).threshold);
  });
  const far = rates.map((rate) => ({ distance: round(distanceAt(everybody, rate), 4), rate }));
  const { same, different } = totals(everybody);
  console.log(
    JSON.stringify(
      {
        name,
        accuracy: `${round(100 * accuracy, 2)} ± ${round(100 * std, 2)} %`,
        pair,
        farAtPair: rateAt(everybody, pair),
        farOnPeopleHeldOut: `${mean(heldOut).toExponential(2)} ± ${deviation(heldOut).toExponential(2)}`,
        tar: Object.fromEntries([1e-3, 1e-4, 1e-5].map((rate) => [rate, round(roc.tarAt(rate), 4)])),
        photos: people.length,
        pairs: { same, different },
        far,
      },
      null,
      2,
    ),
  );
  const right = `${round(100 * accuracy, 2)} ± ${round(100 * std, 2)} % of ${count(counted.reduce(joinCounts))} LFW pairs judged right`;
  const found = `it accepts ${round(100 * roc.tarAt(1e-4), 1)} % of the same person at 1 false in 10,000`;
  const measured = `${right}; of all pairs among ${thousands(people.length)} LFW photos ${found}`;
  if (options.record) record(name, measured, pair, far);
}

/** The distance below which the share `rate` of pairs of different people lies. */
function distanceAt({ distances, different }: PairCounts, rate: number): number {
  const allowed = rate * different.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  for (const [k, distance] of distances.entries()) {
    sum += different[k] ?? 0;
    if (sum >= allowed) return distance;
  }
  return 2;
}

function rateAt({ distances, different }: PairCounts, threshold: number): number {
  const total = different.reduce((sum, count) => sum + count, 0);
  return (
    different.filter((_, k) => (distances[k] ?? Infinity) < threshold).reduce((sum, count) => sum + count, 0) / total
  );
}

function count(counts: PairCounts): string {
  const { same, different } = totals(counts);
  return thousands(same + different);
}

function thousands(value: number): string {
  return value.toLocaleString('en');
}

function record(name: string, measured: string, pair: number, far: { distance: number; rate: number }[]): void {
  const file = join(modelsDir, `${name}.json`);
  const description = Description.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { manifest } = description;
  if (manifest.role !== 'embedder') throw new Error(`${name} is no embedder`);
  const recorded = { ...manifest, thresholds: { ...manifest.thresholds, pair, far } };
  writeFileSync(file, `${JSON.stringify({ ...description, measured, manifest: recorded }, null, 2)}\n`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function round(value: number, places: number): number {
  return Number(value.toFixed(places));
}
