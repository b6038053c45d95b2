import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { decodePicture } from '../../../app/engine/image/decode.ts';
import { isSrgb } from '../../../app/engine/image/srgb-profile.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

async function profileOf(picture: string | Buffer): Promise<Buffer> {
  return (await sharp(picture).metadata()).icc!;
}

function withProfile(name: string): Promise<Buffer> {
  const create = { width: 8, height: 8, channels: 3, background: '#c84632' } as const;
  return sharp({ create }).withIccProfile(name).png().toBuffer();
}

describe('a colour profile', () => {
  test('counts as sRGB where its primaries and curves are, as a table or as a formula', async () => {
    expect(isSrgb(await profileOf(demoPhotos[0]!))).toBe(true);
    expect(isSrgb(await profileOf(await withProfile('srgb')))).toBe(true);
  });

  test('does not count as sRGB where its primaries are wider', async () => {
    expect(isSrgb(await profileOf(await withProfile('p3')))).toBe(false);
  });

  test('does not count as sRGB where a curve is another, whatever its name', async () => {
    const profile = Uint8Array.from(await profileOf(demoPhotos[0]!));
    // The middle of the table of 1,024 values that ends the file.
    new DataView(profile.buffer).setUint16(profile.length - 1024, 20_000);
    expect(isSrgb(profile)).toBe(false);
  });

  test.each([0, 100, 140, 600, 2000])('that is cut off after %i bytes does not count', async (length) => {
    expect(isSrgb((await profileOf(demoPhotos[0]!)).subarray(0, length))).toBe(false);
  });
});

test('a picture tagged sRGB is decoded to the numbers that a conversion gives', async () => {
  const jpeg = await sharp(demoPhotos[0]).resize(320).keepIccProfile().jpeg().toBuffer();
  const { image } = await decodePicture(jpeg);
  const converted = await sharp(jpeg).raw().toBuffer();
  const apart = image.data.reduce((most, value, i) => Math.max(most, Math.abs(value - converted[i]!)), 0);
  expect(apart).toBeLessThanOrEqual(1);
});

test('a picture in another colour space is converted', async () => {
  const wide = await withProfile('p3');
  const numbers = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
  expect(numbers[0]).toBeLessThan(0xc8 - 5);
  const { image } = await decodePicture(wide);
  expect(Math.abs(image.data[0]! - 0xc8)).toBeLessThanOrEqual(1);
});
