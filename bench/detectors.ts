/**
 * Measures the detectors on annotated group photos, on photos of lfw-dev and on faces of lfw-dev put into pictures at
 * known places, and what looking at turned photos brings and costs: `npm run bench:detectors`, which remakes
 * bench/results/detectors.md down to its remarks. Needs ../shared/data, and the packs:
 * `node scripts/build-models.ts ultra-light mtcnn ssd-mobilenet tiny-face`. One thread; decoding is not counted.
 * `… turned` measures turned photos alone, and only prints.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openDetector } from '../app/engine/face/detect/open-detector.ts';
import type { Detect } from '../app/engine/face/detect/detector.ts';
import { openOrt } from '../app/engine/model/engines/ort.ts';
import { readModelFile, readPack } from '../app/engine/model/pack.ts';
import { settings } from '../app/engine/settings.ts';
import { createRandom } from '../test/factories/library.ts';
import { composites, faceless, toBeTurned } from './detectors/composites.ts';
import { groupPhotos, lfwPhotos } from './detectors/photos.ts';
import { breakDown, compare, turnedTable, type Measured, type TurnedOutcome } from './detectors/report.ts';
import type { Scene } from './detectors/scene.ts';
import { scoreScene, type Outcome } from './detectors/score.ts';
import { turnScene } from './detectors/turn-scene.ts';

const packsDir = join(import.meta.dirname, '../resources/models/packs');
const results = join(import.meta.dirname, 'results/detectors.md');
/** Faces are asked for from this score on, so that any threshold above can be looked at. */
const leastScore = 0.2;
/** One photo of lfw-dev of so many is looked at for who pays for further looks. */
const lfwForTurning = 4;
const remarks = '## Remarks';

const turned = await measureTurned(settings.models.detector);
if (process.argv[2] === 'turned') console.info(turned);
else write(await measureAll(['ultra-light', 'mtcnn', 'ssd-mobilenet', 'tiny-face']), turned);

async function open(name: string, turning: boolean, score?: number): Promise<{ detect: Detect; shipped: number }> {
  const pack = readPack(packsDir, name, 'detector');
  const { scoreThreshold: shipped } = pack.manifest;
  const asked = { ...pack, manifest: { ...pack.manifest, scoreThreshold: score ?? shipped } };
  const networks = async (file: string) => openOrt(await readModelFile(pack, file), 1);
  return { detect: await openDetector(asked, networks, turning ? settings.face.turning : null), shipped };
}

async function timed(detect: Detect, { image }: Scene) {
  const before = process.cpuUsage();
  const [faces = []] = await detect([image]);
  const { user, system } = process.cpuUsage(before);
  return { faces, ms: (user + system) / 1000 };
}

/** Every detector looks at a picture before the next one comes, so that all are measured under the same load. */
async function measureAll(names: readonly string[]): Promise<Measured[]> {
  const measured = await Promise.all(
    names.map(async (name) => ({ name, ...(await open(name, false, leastScore)), outcomes: [] as Outcome[] })),
  );
  for (const scenes of [groupPhotos(), faceless(), composites(createRandom(1)), lfwPhotos()]) {
    for await (const scene of scenes) {
      for (const { detect, outcomes } of measured) {
        const { faces, ms } = await timed(detect, scene);
        outcomes.push(scoreScene(scene, faces, ms));
      }
    }
  }
  return measured;
}

async function measureTurned(name: string): Promise<string> {
  const [once, again] = [await open(name, false), await open(name, true)];
  const outcomes: TurnedOutcome[] = [];
  for await (const scene of turningScenes()) {
    const first = await timed(once.detect, scene);
    const both = await timed(again.detect, scene);
    const before = scoreScene(scene, first.faces, first.ms);
    // The rule of `lookTurned`: one face that is surely one, and nothing more is looked at.
    const paid = !first.faces.some(({ score }) => score >= settings.face.turning.sure);
    const moreMs = both.ms - first.ms;
    outcomes.push({ ...scoreScene(scene, both.faces, both.ms), before: before.hits, paid, moreMs });
  }
  return turnedTable(outcomes, once.shipped);
}

async function* turningScenes(): AsyncGenerator<Scene> {
  const some: Scene[] = [];
  for await (const scene of groupPhotos()) some.push(scene);
  for await (const scene of toBeTurned(createRandom(2))) some.push({ ...scene, row: 'composites' });
  for (const scene of some) {
    yield scene;
    for (const quarters of [1, 2, 3] as const) yield turnScene(scene, quarters);
  }
  yield* faceless();
  let count = 0;
  for await (const scene of lfwPhotos()) if (count++ % lfwForTurning === 0) yield scene;
}

function write(measured: readonly Measured[], turnedPhotos: string): void {
  const old = existsSync(results) ? readFileSync(results, 'utf8') : '';
  const kept = old.includes(remarks) ? old.slice(old.indexOf(remarks)) : `${remarks}\n`;
  const text = `# Detectors

\`npm run bench:detectors\`, November 2026, two cores, Node 24. Recall in per cent with 95 % confidence intervals (Wilson)
over faces. A face is found where a box overlaps it by 0.3 (intersection over union); a second box on it, or one where no
face is, is wrong. CPU time is the median over pictures of 1,280 × 960, one thread, the detectors in turn on each picture.

${compare(measured)}

## By what is difficult

${breakDown(measured)}

## Photos that lie turned (${settings.models.detector}, as shipped)

${turnedPhotos}

${kept}`;
  writeFileSync(results, text);
  console.info(text);
}
