/**
 * Chooses eps and acceptance of the default embedder: `node scripts/calibrate-clusters.ts DIR`, DIR with a folder per
 * person. Per fold of people the pair is chosen on the other folds (best B-cubed F1 at the pairwise precision wanted)
 * and scored on the fold itself, beside plain DBSCAN chosen the same way. The last line is chosen on everybody.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { groupFaces } from '../app/engine/cluster/group-faces.ts';
import { startModels } from '../app/engine/model/start-models.ts';
import { settings } from '../app/engine/settings.ts';
import { openFaceIndex } from '../app/engine/vector/face-index.ts';
import { spawnThread } from '../app/workers/spawn.ts';
import { scoreClusters, type ClusterScore } from './calibration/cluster-score.ts';
import { embedFolders, type KnownFaces } from './calibration/embed-folders.ts';

const folds = 5;
/** Mixing two people costs a user more than naming one person twice. */
const wantedPrecision = 0.99;
/** Two unit vectors are at most 2 apart: with this acceptance nothing is parted, which is plain DBSCAN. */
const noAcceptance = 2;

interface Setting {
  readonly eps: number;
  readonly acceptance: number;
}
interface Outcome {
  readonly setting: Setting;
  readonly score: ClusterScore;
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => Number((from + i * step).toFixed(3)));
const epsRange = range(0.88, 1.1, 0.02);
const plain: Setting[] = epsRange.map((eps) => ({ eps, acceptance: noAcceptance }));
const linked: Setting[] = epsRange.flatMap((eps) => range(1.04, 1.18, 0.02).map((acceptance) => ({ eps, acceptance })));

async function scoreAll(faces: KnownFaces, settingsToTry: readonly Setting[]): Promise<Outcome[]> {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-calibration-'));
  const index = openFaceIndex(dir, 'calibration', faces.dimensions);
  for (const row of faces.people.keys()) {
    index.add(row + 1, faces.vectors.subarray(row * faces.dimensions, (row + 1) * faces.dimensions));
  }
  const { minSamples, coreQuality } = settings.cluster;
  const good = [...faces.people.keys()].filter((row) => (faces.quality[row] ?? 0) >= coreQuality);
  const none = new Int32Array(0);
  const facts = { core: Int32Array.from(good, (row) => row + 1), cannotLink: none, mustLink: none, labels: none, rejections: none };
  const outcomes: Outcome[] = [];
  for (const setting of settingsToTry) {
    const { clusters } = await groupFaces(index, { ...setting, minSamples, ...facts }, new AbortController().signal);
    outcomes.push({ setting, score: scoreClusters(faces.people, clusters) });
  }
  rmSync(dir, { recursive: true });
  return outcomes;
}

function only(faces: KnownFaces, keep: (person: number) => boolean): KnownFaces {
  const rows = [...faces.people.keys()].filter((row) => keep(faces.people[row] ?? 0));
  const vectors = new Float32Array(rows.length * faces.dimensions);
  for (const [to, row] of rows.entries()) {
    vectors.set(faces.vectors.subarray(row * faces.dimensions, (row + 1) * faces.dimensions), to * faces.dimensions);
  }
  const pick = (values: readonly number[]): number[] => rows.map((row) => values[row] ?? 0);
  return {
    people: pick(faces.people),
    paths: rows.map((row) => faces.paths[row] ?? ''),
    quality: pick(faces.quality),
    dimensions: faces.dimensions,
    vectors,
  };
}

function best(outcomes: readonly Outcome[]): Outcome {
  const safe = outcomes.filter(({ score }) => score.pairPrecision >= wantedPrecision);
  const [first] = (safe.length > 0 ? safe : outcomes).toSorted((a, b) => b.score.f1 - a.score.f1);
  if (!first) throw new Error('nothing to choose from');
  return first;
}

function tell(what: string, { setting, score }: Outcome): void {
  const { f1, pairPrecision, pairRecall } = score;
  const numbers = `B-cubed F1 ${f1.toFixed(4)}, pairs ${pairPrecision.toFixed(4)} precise, ${pairRecall.toFixed(4)} found`;
  console.log(`${what}: eps ${setting.eps}, acceptance ${setting.acceptance}: ${numbers}`);
}

async function calibrate(root: string): Promise<void> {
  const packDir = resolve(import.meta.dirname, '../resources/models/packs');
  const models = startModels({ packDir, spawn: spawnThread, threads: 2 });
  const faces = await embedFolders(root, await models.get(), models.packs().embedder);
  await models.close();
  console.log(`${faces.people.length} faces of ${new Set(faces.people).size} people`);
  for (const [name, choices] of [
    ['DBSCAN alone', plain],
    ['with linkage', linked],
  ] as const) {
    for (let fold = 0; fold < folds; fold++) {
      const { setting } = best(
        await scoreAll(
          only(faces, (person) => person % folds !== fold),
          choices,
        ),
      );
      const [held] = await scoreAll(
        only(faces, (person) => person % folds === fold),
        [setting],
      );
      if (held) tell(`${name}, fold ${fold + 1} held out`, held);
    }
    tell(`${name}, chosen on everybody`, best(await scoreAll(faces, choices)));
  }
}

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('which folder? node scripts/calibrate-clusters.ts DIR');
await calibrate(root);
