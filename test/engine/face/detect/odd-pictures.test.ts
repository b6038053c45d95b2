import { resolve } from 'node:path';

import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { iou } from '../../../../app/engine/face/detect/boxes.ts';
import type { Detect } from '../../../../app/engine/face/detect/detector.ts';
import { openDetector } from '../../../../app/engine/face/detect/open-detector.ts';
import { cutFaces } from '../../../../app/engine/face/cut-faces.ts';
import { decodePicture } from '../../../../app/engine/image/decode.ts';
import { openOrt } from '../../../../app/engine/model/engines/ort.ts';
import { readModelFile, readPack } from '../../../../app/engine/model/pack.ts';
import type { DetectedFace } from '../../../../app/engine/model/model-service.ts';
import { settings } from '../../../../app/engine/settings.ts';
import { demoPhotos } from '../../../fixtures/photos.ts';

let detect: Detect;
beforeAll(async () => {
  const packDir = resolve(import.meta.dirname, '../../../../resources/models/packs');
  const pack = readPack(packDir, settings.models.detector, 'detector');
  detect = await openDetector(pack, async (file) => openOrt(await readModelFile(pack, file), 1));
});

/** As the import does it: from the bytes of a file to faces that are cut out. */
async function facesIn(file: Sharp): Promise<{ faces: DetectedFace[]; cuts: ReturnType<typeof cutFaces> }> {
  const { image } = await decodePicture(await file.toBuffer());
  const [faces = []] = await detect([image]);
  return { faces, cuts: cutFaces(image, faces, 'arcface-112') };
}

const edges = ({ box: [left, top, width, height] }: DetectedFace) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const photo = (): Sharp => sharp(demoPhotos[3]).resize(800);
/** A portrait with little around it, 200 × 270. */
const portrait = (): Sharp => sharp(demoPhotos[5]).extract({ left: 1170, top: 300, width: 200, height: 270 });

test('a picture without a face gives none', async () => {
  const gradient = Buffer.from(
    `<svg width="900" height="600"><defs><linearGradient id="g"><stop offset="0" stop-color="#48c"/>
    <stop offset="1" stop-color="#342"/></linearGradient></defs><rect width="900" height="600" fill="url(#g)"/></svg>`,
  );
  expect((await facesIn(sharp(gradient).jpeg())).faces).toEqual([]);
});

test('a picture of one pixel gives none', async () => {
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#a76' } });
  expect((await facesIn(dot.png())).faces).toEqual([]);
});

test('of 200 faces in a picture all are found, each once', async () => {
  const [columns, rows, width, height] = [20, 10, 80, 108];
  const face = await portrait().resize(width, height).png().toBuffer();
  const layers = Array.from({ length: columns * rows }, (_, i) => ({
    input: face,
    left: width * (i % columns),
    top: height * Math.floor(i / columns),
  }));
  const crowd = { width: columns * width, height: rows * height, channels: 3, background: '#777' } as const;
  const composed = await sharp({ create: crowd }).composite(layers).png().toBuffer();
  const { faces, cuts } = await facesIn(sharp(composed).jpeg({ quality: 95 }));
  const cells = faces.map(({ box }) => [
    Math.floor((box[0] + box[2] / 2) / width),
    Math.floor((box[1] + box[3] / 2) / height),
  ]);
  expect(new Set(cells.map(String)).size).toBe(200);
  expect(faces).toHaveLength(200);
  expect(cuts).toHaveLength(200);
});

describe('a face that the edge of the picture cuts', () => {
  test.each(['left', 'right', 'bottom'])(
    'at the %s is found and can be cut out, with points that lie outside',
    async (side) => {
      const whole = await portrait().resize(400, 540).png().toBuffer();
      const [{ box }] = (await facesIn(sharp(whole).png())).faces as [DetectedFace];
      const [x, y] = [Math.round(box[0] + 0.36 * box[2]), Math.round(box[1] + 0.66 * box[3])];
      const mirrored = Math.round(box[0] + 0.64 * box[2]);
      const part = {
        left: { left: x, top: 0, width: 400 - x, height: 540 },
        right: { left: 0, top: 0, width: mirrored, height: 540 },
        bottom: { left: 0, top: 0, width: 400, height: y },
      }[side]!;
      const { faces, cuts } = await facesIn(sharp(whole).extract(part).png());
      expect(faces).toHaveLength(1);
      const { points } = faces[0]!;
      const outside = Array.from({ length: 5 }, (_, i) => [points[2 * i]!, points[2 * i + 1]!]).filter(
        ([px, py]) => px! < 0 || py! < 0 || px! > part.width || py! > part.height,
      );
      expect(outside.length).toBeGreaterThan(0);
      expect(cuts[0]!.chip).toHaveLength(3 * 112 * 112);
      expect(cuts[0]!.crop.data).toHaveLength(3 * 256 * 256);
    },
  );
});

test('points far outside the picture give a chip of its repeated edge', () => {
  const image = { width: 50, height: 40, data: new Uint8Array(3 * 50 * 40).fill(90) };
  const points = Float32Array.of(-130, -70, -100, -70, -115, -50, -127, -35, -103, -35);
  const [cut] = cutFaces(image, [{ box: [-140, -90, 50, 60], points }], 'arcface-112');
  expect(new Set(cut!.chip)).toEqual(new Set([90]));
  expect(new Set(cut!.crop.data)).toEqual(new Set([90]));
});

describe('a photo in another form', () => {
  test.each<[string, (picture: Sharp) => Sharp]>([
    ['grey', (picture) => picture.toColourspace('b-w').jpeg({ quality: 95 })],
    ['in CMYK', (picture) => picture.toColourspace('cmyk').jpeg({ quality: 95 })],
    ['with 16 bits a colour', (picture) => picture.toColourspace('rgb16').png()],
    ['with an alpha channel', (picture) => picture.ensureAlpha(0.99).png()],
  ])('%s shows the same faces', async (_, changed) => {
    const { faces: expected } = await facesIn(photo().jpeg({ quality: 95 }));
    const { faces } = await facesIn(changed(photo()));
    expect(expected).toHaveLength(4);
    expect(faces).toHaveLength(4);
    for (const face of expected) {
      expect(Math.max(...faces.map((one) => iou(edges(one), edges(face))))).toBeGreaterThan(0.6);
    }
  });
});
