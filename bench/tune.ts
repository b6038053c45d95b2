/**
 * What fine-tuning a head brings: `npm run bench:tune -- [LFW_DIR] [--packs facenet,fr-feature,dlib-resnet]
 * [--seeds 31..40] [--shuffled 1..50] [--flipped 1..10] [--doubled 1..6] [--halves 1..10]
 * [--backend native|wasm] [--size 5000]`.
 * The simulated user of issue 5 on photos of LFW, by the real pipeline: how much of what was missing on held-out photos
 * is regained, whether anybody loses, how often a head is adopted, and that wrong labels bring none. Runs are kept in
 * bench/out/tune, so that a series may be made in pieces; the tables are made of all that were asked for. `--doubled` tells
 * about how many groups a user is asked whose library doubles, without any head. `--halves` has libraries of half of the
 * people, grouped by distances that were chosen on the other half. `--size` times one training with gate on
 * so many labelled faces instead. `0..0` leaves a kind of runs out.
 */
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { loadBackend, type TfjsBackend } from '../app/engine/model/engines/tfjs/backend.ts';
import { Description } from '../app/engine/model/catalogue.ts';
import type { EmbedderManifest } from '../app/engine/model/manifest.ts';
import type { GroupingDistances } from '../app/engine/tune/group-alone.ts';
import { knownFaces } from '../scripts/calibration/known-faces.ts';
import { compareAll } from './tune/compare-all.ts';
import { doubleLibrary } from './tune/doubling.ts';
import { learnOnHalf } from './tune/halves.ts';
import { keptOutcome } from './tune/kept-outcomes.ts';
import { learnAs, type Outcome } from './tune/outcome.ts';
import { openSeenLibrary } from './tune/seen-library.ts';
import { simulateUser, type Mistakes } from './tune/simulated-user.ts';
import { summary, tell, wrongLabels } from './tune/tables.ts';
import { timeTraining } from './tune/time-training.ts';

const { values: options, positionals } = parseArgs({
  options: {
    packs: { type: 'string', default: 'facenet,fr-feature,dlib-resnet' },
    seeds: { type: 'string', default: '31..40' },
    shuffled: { type: 'string', default: '1..50' },
    flipped: { type: 'string', default: '1..10' },
    doubled: { type: 'string', default: '1..6' },
    halves: { type: 'string', default: '1..10' },
    backend: { type: 'string', default: 'native' },
    size: { type: 'string' },
  },
  allowPositionals: true,
});
const root = resolve(positionals[0] ?? '../shared/data/lfw-dev');
const tf = await loadBackend(options.backend as TfjsBackend);
if (options.size) await timeTraining(tf, Number(options.size));
else for (const pack of options.packs.split(',')) await benchPack(pack);

async function benchPack(pack: string): Promise<void> {
  const known = await knownFaces(pack, root);
  const manifest = embedderOf(pack);
  const distances: GroupingDistances = manifest.thresholds;
  const library = await openSeenLibrary(known);
  const { near } = compareAll(tf, known.vectors, known.people, [], [], distances.eps);
  console.log(`\n## ${pack}: ${known.people.length} faces of ${new Set(known.people).size} people\n`);
  const series = async (kind: string, seeds: readonly number[], mistakes?: Mistakes): Promise<Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (const seed of seeds) {
      const outcome = await keptOutcome(`${pack}-${kind}-${seed}`, () =>
        learnAs(tf, known, library, distances, simulateUser(known, near, distances.eps, seed, mistakes), seed),
      );
      if (kind === 'right' || outcome.adopted) console.log(tell(outcome));
      outcomes.push(outcome);
    }
    return outcomes;
  };
  const right = await series('right', range(options.seeds));
  if (right.length > 0) console.log(summary(right));
  const shuffled = await series('shuffled', range(options.shuffled), { flipped: 1 });
  const flipped = await series('flipped', range(options.flipped), { flipped: 0.1 });
  if (shuffled.length > 0) console.log(wrongLabels('all shuffled', shuffled));
  if (flipped.length > 0) console.log(wrongLabels('10 % flipped', flipped));
  const onHalves: Outcome[] = [];
  for (const seed of range(options.halves)) {
    for (const half of [0, 1] as const) {
      const learn = () => learnOnHalf(tf, known, manifest.thresholds.pair, seed, half);
      const outcome = await keptOutcome(`${pack}-half-${seed}-${half}`, learn);
      console.log(tell(outcome));
      onHalves.push(outcome);
    }
  }
  if (onHalves.length > 0) console.log(summary(onHalves));
  for (const seed of range(options.doubled)) {
    const { asked, unnamed } = await doubleLibrary(known, library, distances, seed);
    console.log(`library ${seed} doubles: ${asked} questions; ${unnamed} groups of five faces and more without a name`);
  }
}

/** `3..7` or `3`; numbers start at 1. */
function range(text: string): number[] {
  const [first = 0, last = first] = text.split('..').map(Number);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).filter((seed) => seed > 0);
}

function embedderOf(pack: string): EmbedderManifest {
  const file = resolve(import.meta.dirname, `../resources/models/${pack}.json`);
  const { manifest } = Description.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (manifest.role !== 'embedder') throw new Error(`${pack} is no embedder`);
  return manifest;
}
