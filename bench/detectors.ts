/**
 * Measures the detectors on real photos: `node bench/detectors.ts [PACK…]`. One thread; decoding is not counted.
 * With ../shared/data: recall and precision on annotated group photos, and LFW photos whose central face is found.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import type { Detect } from '../app/engine/face/detect/detector.ts';
import { iou } from '../app/engine/face/detect/boxes.ts';
import { openDetector } from '../app/engine/face/detect/open-detector.ts';
import type { RgbImage } from '../app/engine/image/rgb-image.ts';
import { openOrt } from '../app/engine/model/engines/ort.ts';
import type { DetectedFace } from '../app/engine/model/model-service.ts';
import { readModelFile, readPack } from '../app/engine/model/pack.ts';
import { demoPhotos, shared, sharedDir } from '../test/fixtures/photos.ts';

const packsDir = join(import.meta.dirname, '../resources/models/packs');
const lfwStep = Number(process.env['LFW_STEP'] ?? 12);
const packs = process.argv.slice(2).length ? process.argv.slice(2) : ['mtcnn', 'ultra-light'];

for (const name of packs) {
  const pack = readPack(packsDir, name, 'detector');
  const detect = await openDetector(pack, async (file) => openOrt(await readModelFile(pack, file), 1));
  console.log(`\n${pack.manifest.title}`);
  await measureDemo(detect);
  if (!sharedDir) continue;
  await measureGroups(detect);
  await measureLfw(detect);
}

async function decode(path: string, long = 2048): Promise<RgbImage> {
  const { data, info } = await sharp(path)
    .rotate()
    .resize({ width: long, height: long, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

async function timed(detect: Detect, image: RgbImage): Promise<{ faces: DetectedFace[]; ms: number }> {
  const before = process.cpuUsage();
  const [faces = []] = await detect([image]);
  const { user, system } = process.cpuUsage(before);
  return { faces, ms: (user + system) / 1000 };
}

async function measureDemo(detect: Detect): Promise<void> {
  const images = await Promise.all(demoPhotos.map((path) => decode(path)));
  for (const image of images) await detect([image]);
  let total = 0;
  const counts = [];
  for (const image of images) {
    const { faces, ms } = await timed(detect, image);
    total += ms;
    counts.push(`${image.width}×${image.height}: ${faces.length} in ${ms.toFixed(0)} ms`);
  }
  console.log(`demo photos   ${(total / images.length).toFixed(0)} ms CPU a photo (${counts.join('; ')})`);
}

async function measureGroups(detect: Detect): Promise<void> {
  const dir = shared('data/photos/groups');
  const truth = JSON.parse(readFileSync(join(dir, 'truth.json'), 'utf8')) as {
    boxes: Record<string, number[][]>;
    counts: Record<string, number>;
  };
  let total = 0;
  let hits = 0;
  let wanted = 0;
  let extra = 0;
  for (const [file, boxes] of Object.entries(truth.boxes)) {
    const { faces, ms } = await timed(detect, await decode(join(dir, file)));
    total += ms;
    const matched = boxes.filter((box) => faces.some((face) => iou(edges(box), edges(face.box)) >= 0.3)).length;
    hits += matched;
    wanted += boxes.length;
    extra += faces.filter((face) => !boxes.some((box) => iou(edges(box), edges(face.box)) >= 0.3)).length;
    console.log(`  ${file}: ${matched} of ${boxes.length}, ${faces.length - matched} more`);
  }
  for (const [file, count] of Object.entries(truth.counts)) {
    const { faces } = await timed(detect, await decode(join(dir, file)));
    if (faces.length !== count) console.log(`  ${file}: ${faces.length} instead of ${count}`);
  }
  for (const file of readdirSync(dir).filter(
    (name) => name.endsWith('.jpg') && !(name in truth.boxes) && !(name in truth.counts),
  )) {
    const { faces, ms } = await timed(detect, await decode(join(dir, file)));
    console.log(`  ${file}: ${faces.length} faces in ${ms.toFixed(0)} ms`);
  }
  console.log(`group photos  ${hits} of ${wanted} faces, ${extra} more, ${total.toFixed(0)} ms CPU in all`);
}

async function measureLfw(detect: Detect): Promise<void> {
  const root = shared('data/lfw-dev');
  const files = readdirSync(root).flatMap((name) =>
    readdirSync(join(root, name)).map((file) => join(root, name, file)),
  );
  const sample = files.filter((_, i) => i % lfwStep === 0);
  let total = 0;
  let found = 0;
  let faces = 0;
  const missed: string[] = [];
  for (const file of sample) {
    const image = await decode(file);
    const result = await timed(detect, image);
    total += result.ms;
    faces += result.faces.length;
    const central = result.faces.some(
      ({ box: [left, top, width, height] }) =>
        left < 125 && left + width > 125 && top < 125 && top + height > 125 && width > 50,
    );
    if (central) found++;
    else missed.push(file.split('/').at(-1) ?? '');
  }
  console.log(
    `lfw-dev       ${found} of ${sample.length} central faces, ${faces} faces, ${(total / sample.length).toFixed(1)} ms CPU a photo`,
  );
  if (missed.length > 0) console.log(`  missed: ${missed.slice(0, 20).join(' ')}`);
}

function edges(box: readonly number[]): { left: number; top: number; right: number; bottom: number } {
  const [left = 0, top = 0, width = 0, height = 0] = box;
  return { left, top, right: left + width, bottom: top + height };
}
if (!existsSync(packsDir)) console.error('no packs: run npm run models');
