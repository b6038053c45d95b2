/**
 * Remakes an embedder's thresholds and its LFW accuracy: `node scripts/calibrate.ts LFW_DIR PAIRS_FILE`, with our own
 * detection and alignment. The accuracy is that of the LFW protocol (Huang et al. 2007): each fold is judged by the
 * threshold that is best on the others, and folds share no person. Prints JSON.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { alignFace } from '../app/engine/face/align.ts';
import { openDetector } from '../app/engine/face/detect/open-detector.ts';
import { createEmbed } from '../app/engine/face/embed.ts';
import { createSampler } from '../app/engine/face/sampler.ts';
import { sharpnessOf } from '../app/engine/face/sharpness.ts';
import { templateOf } from '../app/engine/face/templates.ts';
import type { RgbImage } from '../app/engine/image/rgb-image.ts';
import { openOrt } from '../app/engine/model/engines/ort.ts';
import type { DetectedFace } from '../app/engine/model/model-service.ts';
import { readModelFile, readPack, type Pack } from '../app/engine/model/pack.ts';
import { settings } from '../app/engine/settings.ts';

const [root, pairsFile] = process.argv.slice(2);
if (!root || !pairsFile) throw new Error('use: node scripts/calibrate.ts LFW_DIR PAIRS_FILE');

const packsDir = join(import.meta.dirname, '../resources/models/packs');
const detector = readPack(packsDir, settings.models.detector, 'detector');
const embedder = readPack(packsDir, settings.models.embedder, 'embedder');
const open = (pack: Pack) => async (file: string) => openOrt(await readModelFile(pack, file), 1);
const detect = await openDetector(detector, open(detector));
const embed = createEmbed(await open(embedder)('model.onnx'), embedder.manifest, 1);
const template = templateOf(embedder.manifest.template);

interface Pair {
  readonly fold: number;
  readonly same: boolean;
  readonly files: readonly [string, string];
}

const pairs = readPairs(pairsFile);
const embeddings = new Map<string, Float32Array>();
const sharpness: number[] = [];
const undetected: string[] = [];
for (const file of new Set(pairs.flatMap(({ files }) => files))) {
  const image = await decode(join(root, file));
  const [face] = (await detect(image)).toSorted((one, other) => offCentre(one, image) - offCentre(other, image));
  if (!face || offCentre(face, image) > 0.25) undetected.push(file);
  // As a whole LFW photo is cut: the face is in the middle and takes up two fifths of the side.
  const found = face ?? { box: [75, 70, 100, 120] as const, points: null };
  const chip = alignFace(createSampler(image), found, template);
  sharpness.push(sharpnessOf(chip, template.size));
  embeddings.set(file, await embed(chip, 1));
}
const measured = pairs.map(({ fold, same, files: [one, other] }) => ({
  fold,
  same,
  distance: distanceOf(embeddings.get(one), embeddings.get(other)),
}));
type Measured = (typeof measured)[number];

const folds = [...new Set(pairs.map(({ fold }) => fold))];
const accuracies = folds.map((fold) =>
  accuracyAt(
    measured.filter((pair) => pair.fold === fold),
    bestThreshold(measured.filter((pair) => pair.fold !== fold)),
  ),
);
const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / folds.length;
const spread = Math.sqrt(accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0) / folds.length);
const sharp50 = sharpness.toSorted((one, other) => one - other)[sharpness.length >> 1];
console.log(
  JSON.stringify(
    {
      embedder: embedder.manifest.name,
      detector: detector.manifest.name,
      accuracy: mean,
      std: spread,
      pair: bestThreshold(measured),
      pairs: pairs.length,
      photos: embeddings.size,
      undetected,
      medianSharpness: sharp50,
    },
    null,
    2,
  ),
);

/** Lines of the LFW list: `name n m` for one person, `name n name m` for two; folds of equal size, same pairs first. */
function readPairs(file: string): Pair[] {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const perFold = 2 * Number(header.split('\t')[1]);
  return lines.map((line, i) => {
    const [one = '', first = '', second = '', third] = line.split('\t');
    const files =
      third === undefined ? ([fileOf(one, first), fileOf(one, second)] as const) : ([fileOf(one, first), fileOf(second, third)] as const);
    return { fold: Math.floor(i / perFold), same: third === undefined, files };
  });
}

function fileOf(name: string, number: string): string {
  return join(name, `${name}_${number.trim().padStart(4, '0')}.jpg`);
}

async function decode(path: string): Promise<RgbImage> {
  const { data, info } = await sharp(path).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** How far a face is from the middle, in parts of the picture's width. */
function offCentre({ box: [left, top, width, height] }: DetectedFace, image: RgbImage): number {
  return Math.hypot(left + width / 2 - image.width / 2, top + height / 2 - image.height / 2) / image.width;
}

function distanceOf(one: Float32Array | undefined, other: Float32Array | undefined): number {
  if (!one || !other) throw new Error('a pair without embeddings');
  return Math.sqrt(one.reduce((sum, value, i) => sum + (value - (other[i] ?? 0)) ** 2, 0));
}

function accuracyAt(some: readonly Measured[], threshold: number): number {
  return some.filter(({ same, distance }) => same === distance < threshold).length / some.length;
}

function bestThreshold(some: readonly Measured[]): number {
  let best = { threshold: 0, accuracy: 0 };
  for (let threshold = 0.5; threshold < 1.6; threshold += 0.005) {
    const accuracy = accuracyAt(some, threshold);
    if (accuracy > best.accuracy) best = { threshold, accuracy };
  }
  return Number(best.threshold.toFixed(3));
}
