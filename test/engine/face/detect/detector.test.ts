import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { iou } from '../../../../app/engine/face/detect/boxes.ts';
import type { Detect } from '../../../../app/engine/face/detect/detector.ts';
import { openDetector } from '../../../../app/engine/face/detect/open-detector.ts';
import type { RgbImage } from '../../../../app/engine/image/rgb-image.ts';
import { openOrt } from '../../../../app/engine/model/engines/ort.ts';
import { readManifest, readModelFile, readPack } from '../../../../app/engine/model/pack.ts';
import { settings } from '../../../../app/engine/settings.ts';
import { demoPhotos, shared, sharedDir } from '../../../fixtures/photos.ts';

const packDir = resolve(import.meta.dirname, '../../../../resources/models/packs');
/** Some packs are only built when they are asked for. */
const isBuilt = (name: string): boolean => readManifest(packDir, name) !== null;

async function decode(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

const edges = ([left = 0, top = 0, width = 0, height = 0]: readonly number[]) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** Where a place is after the picture was turned, clockwise; the size is that of the turned picture. */
function turnedPlace(turn: number, x: number, y: number, width: number, height: number): [number, number] {
  if (turn === 90) return [width - y, x];
  return turn === 180 ? [width - x, height - y] : [y, height - x];
}

describe.each(['ultra-light', 'mtcnn', 'ssd-mobilenet'].filter(isBuilt))('%s', (name) => {
  let detectAll: Detect;
  const detect = async (image: RgbImage) => (await detectAll([image]))[0]!;
  beforeAll(async () => {
    const pack = readPack(packDir, name, 'detector');
    detectAll = await openDetector(pack, async (file) => openOrt(await readModelFile(pack, file), 1));
  });

  test('finds the four faces of a group with their points', async () => {
    const faces = await detect(await decode(sharp(demoPhotos[3])));
    expect(faces).toHaveLength(4);
    for (const { points } of faces) {
      const [rightEyeX, rightEyeY, leftEyeX, , , noseY, , mouthY] = points;
      expect(rightEyeX).toBeLessThan(leftEyeX!);
      expect(rightEyeY).toBeLessThan(noseY!);
      expect(noseY).toBeLessThan(mouthY!);
    }
  });

  test('finds a face that fills the frame', async () => {
    const face = sharp(demoPhotos[5]).extract({ left: 1170, top: 300, width: 200, height: 270 }).resize(1000, 1350);
    expect(await detect(await decode(face))).toHaveLength(1);
  });

  test('finds faces 20 pixels wide in a photo of 1,500', async () => {
    const small = await sharp(demoPhotos[3]).resize(220).toBuffer();
    const photo = await sharp({ create: { width: 1500, height: 1000, channels: 3, background: '#687068' } })
      .composite([{ input: small, left: 700, top: 420 }])
      .png()
      .toBuffer();
    expect((await detect(await decode(sharp(photo)))).length).toBeGreaterThanOrEqual(3);
  });

  test.runIf(name === 'ultra-light')(
    'finds a bowed head half behind hair, of which only one network is sure',
    async () => {
      const scores = (await detect(await decode(sharp(demoPhotos[1])))).map(({ score }) => score);
      expect(scores).toHaveLength(3);
      expect(scores).toContain(settings.face.ultraLight.agreement.counts);
    },
  );

  test.each([
    [1, 1],
    [3, 200],
    [4000, 8],
  ])('a picture of %i × %i pixels has no faces', async (width, height) => {
    expect(await detect({ width, height, data: new Uint8Array(3 * width * height).fill(120) })).toEqual([]);
  });

  test.each([90, 180, 270])(
    'finds the faces of a photo that lies turned by %i degrees, where they are',
    async (turn) => {
      const upright = await decode(sharp(demoPhotos[3]).resize(900));
      const turned = await decode(sharp(await sharp(demoPhotos[3]).resize(900).rotate(turn).png().toBuffer()));
      const expected = await detect(upright);
      const found = await detect(turned);
      expect(found).toHaveLength(expected.length);
      const { width, height } = turned;
      for (const { box, points } of expected) {
        const middle = turnedPlace(turn, box[0] + box[2] / 2, box[1] + box[3] / 2, width, height);
        const same = found.find(({ box: [left, top, wide, high] }) =>
          middle.every((at, i) => Math.abs(at - (i === 0 ? left + wide / 2 : top + high / 2)) < box[2] / 4),
        );
        expect(same).toBeDefined();
        const rightEye = turnedPlace(turn, points[0]!, points[1]!, width, height);
        expect(Math.hypot(rightEye[0] - same!.points[0]!, rightEye[1] - same!.points[1]!)).toBeLessThan(box[2] / 10);
      }
    },
  );

  test('the same picture gives the same faces, alone or among others', async () => {
    const images = await Promise.all([demoPhotos[0], demoPhotos[3]].map((path) => decode(sharp(path).resize(800))));
    const together = await detectAll(images);
    expect(together).toEqual(await detectAll(images));
    for (const [i, image] of images.entries()) {
      const alone = await detect(image);
      expect(alone).toHaveLength(together[i]!.length);
      alone.forEach(({ box }, face) =>
        box.forEach((edge, at) => expect(edge).toBeCloseTo(together[i]![face]!.box[at]!, 2)),
      );
    }
  });

  test.skipIf(!sharedDir)('finds the faces marked in group photos and none in dogs', async () => {
    const { boxes } = JSON.parse(readFileSync(shared('data/photos/groups/truth.json'), 'utf8')) as {
      boxes: Record<string, number[][]>;
    };
    for (const [file, marked] of Object.entries(boxes)) {
      const faces = await detect(await decode(sharp(shared('data/photos/groups', file))));
      for (const box of marked) {
        expect(Math.max(0, ...faces.map((face) => iou(edges(box), edges(face.box)))), file).toBeGreaterThan(0.3);
      }
      expect(faces.length, file).toBe(marked.length);
    }
  });
});
