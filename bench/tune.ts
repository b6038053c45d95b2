/**
 * What fine-tuning a head brings: `npm run bench:tune -- [LFW_DIR] [--packs facenet,fr-feature,dlib-resnet] [--seeds 10]
 * [--shuffled 50] [--flipped 10]`.
 * The simulated user of issue 5 on photos of LFW, by the real pipeline: how much of what was missing on held-out photos
 * is regained, whether anybody loses, how often a head is adopted, and that wrong labels bring none.
 */
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { clusterMeasures } from '../app/engine/evaluate/cluster-measures.ts';
import { loadBackend, type TfjsBackend } from '../app/engine/model/engines/tfjs/backend.ts';
import { Description } from '../app/engine/model/catalogue.ts';
import { settings } from '../app/engine/settings.ts';
import { groupAlone, type GroupingDistances } from '../app/engine/tune/group-alone.ts';
import { identityHead } from '../app/engine/tune/head.ts';
import { learnHead, type Learnt } from '../app/engine/tune/learn-head.ts';
import { projectFaces } from '../app/engine/tune/project-faces.ts';
import type { KnownFaces } from '../scripts/calibration/embed-folders.ts';
import { knownFaces } from '../scripts/calibration/known-faces.ts';
import { compareAll, type Compared } from './tune/compare-all.ts';
import { simulateUser, type Mistakes, type SimulatedUser } from './tune/simulated-user.ts';

const fars = [1e-3, 1e-4];

interface Measured {
  readonly compared: Compared;
  /** 1 − B-cubed F1 of the whole library. */
  readonly error: number;
}

interface Outcome {
  readonly seed: number;
  readonly learnt: Learnt;
  readonly cpu: number;
  readonly before: Measured;
  readonly after: Measured;
}

const { values: options, positionals } = parseArgs({
  options: {
    packs: { type: 'string', default: 'facenet,fr-feature,dlib-resnet' },
    seeds: { type: 'string', default: '10' },
    shuffled: { type: 'string', default: '50' },
    flipped: { type: 'string', default: '10' },
    backend: { type: 'string', default: 'native' },
  },
  allowPositionals: true,
});
const root = resolve(positionals[0] ?? '../shared/data/lfw-dev');
const tf = await loadBackend(options.backend as TfjsBackend);
for (const pack of options.packs.split(',')) await benchPack(pack);

async function benchPack(pack: string): Promise<void> {
  const known = await knownFaces(pack, root);
  const distances = distancesOf(pack);
  const near = compareAll(tf, known.vectors, known.people, [], [], distances.eps).near;
  const run = (seed: number, mistakes?: Mistakes): Promise<Outcome> =>
    learnAs(known, distances, simulateUser(known, near, distances.eps, seed, mistakes), seed);
  console.log(`\n## ${pack}: ${known.people.length} faces of ${new Set(known.people).size} people`);
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= Number(options.seeds); seed++) {
    const outcome = await run(seed);
    outcomes.push(outcome);
    tell(outcome);
  }
  if (outcomes.length > 0) summarise(outcomes);
  await wrongLabels('shuffled', Number(options.shuffled), (seed) => run(seed, { flipped: 1 }));
  await wrongLabels('10 % flipped', Number(options.flipped), (seed) => run(seed, { flipped: 0.1 }));
}

async function learnAs(
  known: KnownFaces,
  distances: GroupingDistances,
  user: SimulatedUser,
  seed: number,
): Promise<Outcome> {
  const started = process.cpuUsage();
  const learnt = await learnHead(tf, {
    faces: user.faces,
    settings: settings.tune,
    from: identityHead(known.dimensions),
    distances,
    seed,
    signal: new AbortController().signal,
  });
  const { user: cpu, system } = process.cpuUsage(started);
  const before = measure(known, known.vectors, user, distances);
  const after = learnt.head
    ? measure(known, projectFaces(tf, learnt.head, known.vectors), user, learnt.distances)
    : before;
  return { seed, learnt, cpu: (cpu + system) / 1e6, before, after };
}

function measure(
  known: KnownFaces,
  vectors: Float32Array,
  { heldOut, never }: SimulatedUser,
  distances: GroupingDistances,
): Measured {
  const everybody = [...known.people.keys()];
  const compared = compareAll(tf, vectors, known.people, [heldOut, never, everybody], fars, distances.eps);
  const groups = groupAlone(vectors, known.dimensions, compared.near, distances);
  return { compared, error: 1 - clusterMeasures(Int32Array.from(known.people), groups).bcubed.f1 };
}

function distancesOf(pack: string): GroupingDistances {
  const file = resolve(import.meta.dirname, `../resources/models/${pack}.json`);
  const { manifest } = Description.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (manifest.role !== 'embedder') throw new Error(`${pack} is no embedder`);
  return manifest.thresholds;
}

function tar({ compared }: Measured, set: number, far: number): number {
  return compared.tars[set]?.get(far) ?? NaN;
}

function tell({ seed, learnt, cpu, before, after }: Outcome): void {
  const percent = (set: number): string =>
    fars
      .map((far) => `${(100 * tar(before, set, far)).toFixed(1)} → ${(100 * tar(after, set, far)).toFixed(1)}`)
      .join(', ');
  const { result, strength, training } = learnt;
  const gate = `${result.verdict}${learnt.head ? ` at ${strength}` : ''} (${(100 * result.before.known).toFixed(1)} → ${(100 * result.after.known).toFixed(1)}, at least ${(100 * result.leastGain).toFixed(2)}; unseen ${(100 * (result.after.unseen - result.before.unseen)).toFixed(1)}, everybody ${(100 * (result.after.everybody - result.before.everybody)).toFixed(1)}, F1 ${(100 * (result.f1.after - result.f1.before)).toFixed(2)})`;
  console.log(
    `seed ${seed}: ${gate}; margin ${training.settings.margin}; held out ${percent(0)}; never named ${percent(1)}; everybody ${percent(2)}; error ${before.error.toFixed(4)} → ${after.error.toFixed(4)}; ${cpu.toFixed(1)} s of CPU`,
  );
}

function summarise(outcomes: readonly Outcome[]): void {
  const adopted = outcomes.filter(({ learnt }) => learnt.head !== null);
  const row = (name: string, values: readonly number[], digits: number): string => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1),
    );
    const half = (studentT(values.length - 1) * deviation) / Math.sqrt(values.length);
    return `| ${name} | ${mean.toFixed(digits)} | ${(mean - half).toFixed(digits)} | ${Math.min(...values).toFixed(digits)} |`;
  };
  console.log(`adopted in ${adopted.length} of ${outcomes.length} runs\n`);
  console.log('| over all runs | mean | lower 95 % bound | worst |\n| --- | --- | --- | --- |');
  for (const far of fars) {
    const missing = outcomes.map(
      ({ before, after }) => (tar(after, 0, far) - tar(before, 0, far)) / (1 - tar(before, 0, far)),
    );
    console.log(
      row(
        `held out, of what was missing regained at FAR ${far}, %`,
        missing.map((share) => 100 * share),
        1,
      ),
    );
  }
  for (const [set, name] of [
    [0, 'held out'],
    [1, 'never named'],
    [2, 'everybody'],
  ] as const) {
    for (const far of fars)
      console.log(
        row(
          `${name}, gain in TAR at FAR ${far}, points`,
          outcomes.map(({ before, after }) => 100 * (tar(after, set, far) - tar(before, set, far))),
          2,
        ),
      );
  }
  console.log(
    row(
      'B-cubed error, fall, points',
      outcomes.map(({ before, after }) => 100 * (before.error - after.error)),
      3,
    ),
  );
}

/** Two-sided 95 % points of Student's t. */
function studentT(freedom: number): number {
  const table = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13];
  return table[Math.max(0, freedom - 1)] ?? 2.09;
}

async function wrongLabels(what: string, runs: number, run: (seed: number) => Promise<Outcome>): Promise<void> {
  if (runs === 0) return;
  let [adopted, harmful] = [0, 0];
  for (let seed = 1; seed <= runs; seed++) {
    const outcome = await run(1000 + seed);
    if (!outcome.learnt.head) continue;
    adopted++;
    tell(outcome);
    if ([0, 2].some((set) => fars.some((far) => tar(outcome.after, set, far) < tar(outcome.before, set, far))))
      harmful++;
  }
  console.log(`labels ${what}: ${adopted} of ${runs} heads adopted, ${harmful} of them worse in some measure`);
}
