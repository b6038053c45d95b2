/**
 * Chooses eps and acceptance of embedders: `node scripts/calibrate-clusters.ts LFW_DIR [--record] NAME…`, LFW_DIR with a
 * folder per person. The people are dealt into halves several times; the thresholds are those with the least mean error
 * (1 − B-cubed F1) over the halves among those that are precise enough on the average. "Held out" is the error on the
 * halves at the thresholds chosen on the people of the other half, where a single half is smoothed (insights/trials.ts).
 *
 * `--record` writes them into resources/models/NAME.json.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { Description } from '../app/engine/model/catalogue.ts';
import { readPack } from '../app/engine/model/pack.ts';
import { createRandom } from '../test/factories/library.ts';
import { knownFaces } from './calibration/known-faces.ts';
import type { Thresholds } from './calibration/known-groups.ts';
import { pickKnown } from './calibration/pick-known.ts';
import { dealHalves } from '../app/engine/insights/people-halves.ts';
import { thresholdGrid } from './calibration/threshold-grid.ts';
import { tryThresholds } from './calibration/try-thresholds.ts';
import { bestTrial, meanTrials, smoothTrials, type Trial } from '../app/engine/insights/trials.ts';

const deals = 5;
/** Mixing two people costs a user more than naming one person twice. */
const wantedPrecision = 0.99;
const modelsDir = resolve(import.meta.dirname, '../resources/models');

const { values: options, positionals } = parseArgs({
  options: { record: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [root, ...names] = positionals;
if (!root || names.length === 0) throw new Error('use: node scripts/calibrate-clusters.ts LFW_DIR [--record] NAME…');
for (const name of names) await calibrate(name, root);

async function calibrate(name: string, dir: string): Promise<void> {
  const faces = await knownFaces(name, dir);
  const { pair } = readPack(join(modelsDir, 'packs'), name, 'embedder').manifest.thresholds;
  const halves: Trial[][] = [];
  for (let seed = 1; seed <= deals; seed++) {
    for (const rows of dealHalves(faces.people, createRandom(seed)))
      halves.push(await tryThresholds(pickKnown(faces, rows), pair));
  }
  const heldOut = halves.map((trials, half) => {
    const { setting } = bestTrial(smoothTrials(halves[half ^ 1] ?? []), wantedPrecision);
    return trials.filter((trial) => trial.setting === setting);
  });
  const means = meanTrials(halves);
  const chosen = bestTrial(means, wantedPrecision);
  console.log(`${name}: ${chosen.setting}`);
  tell('  mean over the halves', chosen);
  tell('  held out, each half at the thresholds of the other', meanTrials(heldOut)[0]);
  const thresholds = thresholdGrid(pair)[means.indexOf(chosen)];
  if (options.record && thresholds) record(name, thresholds);
}

function tell(what: string, trial: Trial | undefined): void {
  if (!trial) return;
  const { error, precision, recall } = trial;
  console.log(
    `${what}: B-cubed F1 ${(1 - error).toFixed(4)}, pairs ${precision.toFixed(4)} precise, ${recall.toFixed(4)} found`,
  );
}

function record(name: string, { eps, acceptance }: Thresholds): void {
  const file = join(modelsDir, `${name}.json`);
  const description = Description.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { manifest } = description;
  if (manifest.role !== 'embedder') throw new Error(`${name} is no embedder`);
  const recorded = { ...manifest, thresholds: { ...manifest.thresholds, eps, acceptance } };
  writeFileSync(file, `${JSON.stringify({ ...description, manifest: recorded }, null, 2)}\n`);
}
