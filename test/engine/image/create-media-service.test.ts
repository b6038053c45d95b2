import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createMediaService } from '../../../app/engine/image/create-media-service.ts';
import type { PictureRead } from '../../../app/engine/image/media-service.ts';
import type { RgbImage } from '../../../app/engine/image/rgb-image.ts';
import { thumbPath } from '../../../app/engine/image/thumbnails.ts';
import { settings } from '../../../app/engine/settings.ts';
import { demoPhotos, shared, sharedDir } from '../../fixtures/photos.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-media-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const media = createMediaService();
const signal = new AbortController().signal;
const read = (path: string): Promise<PictureRead> => media.read({ path, thumbDir: join(dir, 'thumbs') }, signal);

async function file(name: string, bytes: Buffer | Promise<Buffer>): Promise<string> {
  writeFileSync(join(dir, name), await bytes);
  return join(dir, name);
}

/** Mean colour of a part of an image, given in shares of its sides. */
function meanOf({ data, width, height }: RgbImage, [left, top, right, bottom]: readonly number[]): number[] {
  const sums = [0, 0, 0];
  let count = 0;
  for (let y = Math.floor(top! * height); y < bottom! * height; y++) {
    for (let x = Math.floor(left! * width); x < right! * width; x++, count++) {
      for (let c = 0; c < 3; c++) sums[c]! += data[3 * (y * width + x) + c]!;
    }
  }
  return sums.map((sum) => Math.round(sum / count));
}

const whole = [0, 0, 1, 1];

describe('reading a picture', () => {
  it('gives its size, date, camera and pixels, and writes two thumbnails', async () => {
    const picture = await read(demoPhotos[0]!);
    expect(picture).toMatchObject({ width: 1920, height: 1280, camera: 'SONY ILCE-7M2', dateSource: 'exif' });
    expect(new Date(picture.takenAt!).toISOString()).toMatch(/^2017-10-31T20:16:18/);
    expect(picture.image.data).toHaveLength(3 * picture.image.width * picture.image.height);
    const [small, large] = (['s', 'l'] as const).map((size) => thumbPath(join(dir, 'thumbs'), picture.hash, size));
    expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 480, height: 320 });
    expect(await sharp(large).metadata()).toMatchObject({ format: 'webp', width: 1600, height: 1067 });
    expect(await sharp(picture.blur).metadata()).toMatchObject({ format: 'webp', width: 16 });
    expect(picture.blur.length).toBeLessThan(400);
  });

  it('leaves nothing but whole thumbnails', async () => {
    await Promise.all([read(demoPhotos[1]!), read(demoPhotos[1]!)]);
    const names = readdirSync(join(dir, 'thumbs'), { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => !/^..$|-[sl]\.webp$/.test(name))).toEqual([]);
  });

  it('decodes a large picture no larger than detection needs', async () => {
    const path = await file('large.jpg', sharp(demoPhotos[0]).resize(4000, 3000).jpeg().toBuffer());
    const { width, height, image } = await read(path);
    expect([width, height]).toEqual([4000, 3000]);
    expect(image.width * image.height).toBeLessThan(1.01 * settings.import.workingPixels);
    expect(image.width / image.height).toBeCloseTo(4 / 3, 2);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a picture of orientation %i upright', async (orientation) => {
    // Upright: red above blue, with green at the right.
    const upright = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#f00' } })
      .composite([
        { input: { create: { width: 90, height: 30, channels: 3, background: '#00f' } }, top: 30, left: 0 },
        { input: { create: { width: 30, height: 60, channels: 3, background: '#0f0' } }, top: 0, left: 60 },
      ])
      .png()
      .toBuffer();
    // Stored as a camera held that way stores it: the reverse of what the orientation asks for.
    const reverse = sharp(upright);
    if (orientation === 2 || orientation === 5 || orientation === 7) reverse.flop();
    if (orientation === 4) reverse.flip();
    const angle = [0, 0, 0, 180, 0, 270, 270, 90, 90][orientation]!;
    const turned = await sharp(await reverse.png().toBuffer())
      .rotate(angle)
      .png()
      .toBuffer();
    const stored = sharp(turned).withMetadata({ orientation }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' });
    const { width, height, image } = await read(await file(`turned-${orientation}.jpg`, stored.toBuffer()));
    expect([width, height, image.width, image.height]).toEqual([90, 60, 90, 60]);
    const [top, bottom, right] = [
      meanOf(image, [0.05, 0.05, 0.6, 0.4]),
      meanOf(image, [0.05, 0.6, 0.6, 0.95]),
      meanOf(image, [0.75, 0, 1, 1]),
    ];
    expect([top[0]! > 200, bottom[2]! > 200, right[1]! > 200]).toEqual([true, true, true]);
  });

  it('makes 8-bit sRGB of grey, 16-bit, CMYK and transparent pictures', async () => {
    const plain = (channels: 3 | 4, background: string) =>
      sharp({ create: { width: 20, height: 20, channels, background } });
    const grey = await read(await file('grey.jpg', plain(3, '#808080').greyscale().jpeg().toBuffer()));
    expect(meanOf(grey.image, whole)).toEqual([128, 128, 128]);
    const deep = await read(await file('deep.png', plain(3, '#40c080').toColourspace('rgb16').png().toBuffer()));
    expect(meanOf(deep.image, whole)).toEqual([0x40, 0xc0, 0x80]);
    const clear = await read(await file('clear.png', plain(4, '#00000000').png().toBuffer()));
    expect(meanOf(clear.image, whole)).toEqual([255, 255, 255]);
    const greyClear = await read(
      await file('grey-clear.png', plain(4, '#80808000').toColourspace('b-w').png().toBuffer()),
    );
    expect(meanOf(greyClear.image, whole)).toEqual([255, 255, 255]);
    const print = await read(await file('print.jpg', plain(3, '#c02020').toColourspace('cmyk').jpeg().toBuffer()));
    const [red, green] = meanOf(print.image, whole);
    expect(red! - green!).toBeGreaterThan(80);
  });

  it('dates a picture by its name, then by its file', async () => {
    const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#000' } })
      .jpeg()
      .toBuffer();
    expect(await read(await file('IMG_20190812_143015.jpg', bytes))).toMatchObject({
      takenAt: Date.UTC(2019, 7, 12, 14, 30, 15),
      dateSource: 'name',
    });
    const plain = await file('plain.jpg', bytes);
    utimesSync(plain, new Date(2015, 4, 3, 12, 0, 0), new Date(2015, 4, 3, 12, 0, 0));
    expect(await read(plain)).toMatchObject({ takenAt: Date.UTC(2015, 4, 3, 12, 0, 0), dateSource: 'file' });
  });

  it('reads a panorama of 20,000 pixels, and keeps its height useful', async () => {
    const wide = sharp({ create: { width: 20_000, height: 2_500, channels: 3, background: '#4080c0' } }).jpeg();
    const { width, height, image } = await read(await file('panorama.jpg', wide.toBuffer()));
    expect([width, height]).toEqual([20_000, 2_500]);
    expect(image.height).toBeGreaterThan(500);
    expect(image.width).toBeLessThanOrEqual(settings.import.workingSide);
  });

  it('reads wrongly named pictures', async () => {
    const plain = sharp({ create: { width: 4, height: 4, channels: 3, background: '#000' } });
    expect((await read(await file('png-inside.jpg', plain.clone().png().toBuffer()))).width).toBe(4);
    expect((await read(await file('jpeg-inside.png', plain.clone().jpeg().toBuffer()))).width).toBe(4);
  });
});

describe('files that cannot be read', () => {
  it('says why, by code', async () => {
    const code = (path: string): Promise<unknown> =>
      read(path).then(
        () => 'read',
        (error: unknown) => (error as { code?: unknown }).code,
      );
    expect(await code(join(dir, 'none.jpg'))).toBe('missing');
    expect(await code(dir)).toBe('not-a-picture');
    expect(await code(await file('empty.jpg', Buffer.alloc(0)))).toBe('empty-file');
    expect(await code(await file('text.jpg', Buffer.from('hello, I am a text')))).toBe('not-a-picture');
    expect(await code(await file('heic.jpg', Buffer.from('000000186674797068656963', 'hex')))).toBe(
      'not-yet-supported',
    );
    expect(await code(await file('head-only.jpg', Buffer.from('ffd8ffe000104a464946', 'hex')))).toBe('damaged-picture');
  });

  it('takes a JPEG that is cut off for damaged, wherever and at any shrinking', async () => {
    const large = await sharp(demoPhotos[0]).resize(4000, 3000).jpeg().toBuffer();
    const small = await sharp(demoPhotos[0]).resize(800).jpeg().toBuffer();
    for (const [bytes, share] of [
      [small, 0.2],
      [small, 0.9],
      [small, 0.99],
      [large, 0.3],
      [large, 0.98],
    ] as const) {
      const path = await file('cut.jpg', bytes);
      truncateSync(path, Math.floor(bytes.length * share));
      await expect(read(path)).rejects.toMatchObject({ code: 'damaged-picture' });
    }
  });

  it('refuses a picture that declares more pixels than memory holds', async () => {
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    // Width and height of the header, 100,000 each.
    bytes.writeUInt32BE(100_000, 16);
    bytes.writeUInt32BE(100_000, 20);
    await expect(read(await file('bomb.png', bytes))).rejects.toMatchObject({ code: 'picture-too-large' });
  });

  it('stops when it is no longer wanted', async () => {
    const stop = new AbortController();
    const reading = media.read({ path: demoPhotos[2]!, thumbDir: join(dir, 'unwanted') }, stop.signal);
    stop.abort();
    await expect(reading).rejects.toThrow();
    expect(existsSync(join(dir, 'unwanted'))).toBe(false);
  });
});

describe('cutting faces', () => {
  it('gives a 256-pixel WebP and a chip for each', async () => {
    const { image } = await read(demoPhotos[0]!);
    const points = new Float32Array([500, 500, 560, 500, 530, 540, 508, 570, 552, 570]);
    const faces = [
      { box: [450, 430, 160, 190], points },
      { box: [100, 100, 80, 80], points: null },
    ] as const;
    const cuts = await media.cut({ image, faces, template: 'arcface-112' }, signal);
    expect(cuts).toHaveLength(2);
    for (const { crop, chip } of cuts) {
      expect(await sharp(crop).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 });
      expect(chip).toHaveLength(112 * 112 * 3);
    }
  });
});

describe.skipIf(!sharedDir)('photos of the shared folder', () => {
  it('are upright at every orientation', async () => {
    const all = { Landscape: [0, 2, 3, 4, 5, 6, 7, 8], Portrait: [3, 5, 6, 8] };
    for (const [shape, orientations] of Object.entries(all)) {
      const reference = (await read(shared(`data/photos/orientation/${shape}_1.jpg`))).image;
      for (const orientation of orientations) {
        const { image } = await read(shared(`data/photos/orientation/${shape}_${orientation}.jpg`));
        expect([image.width, image.height]).toEqual([reference.width, reference.height]);
        for (const part of [
          [0, 0, 0.5, 0.5],
          [0.5, 0, 1, 0.5],
          [0, 0.5, 0.5, 1],
        ]) {
          const [a, b] = [meanOf(image, part), meanOf(reference, part)];
          for (let c = 0; c < 3; c++) expect(Math.abs(a[c]! - b[c]!)).toBeLessThan(8);
        }
      }
    }
  });

  it('are never written to', async () => {
    const path = join(dir, 'kept.jpg');
    copyFileSync(shared('data/photos/orientation/Landscape_6.jpg'), path);
    const before = statSync(path);
    await read(path);
    expect(statSync(path)).toMatchObject({ mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs });
  });
});
