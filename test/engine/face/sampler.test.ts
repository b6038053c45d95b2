import { expect, test } from 'vitest';

import { createSampler } from '../../../app/engine/face/sampler.ts';
import type { RgbImage } from '../../../app/engine/image/rgb-image.ts';

function picture(width: number, height: number, value: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) data.fill(value(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  return { width, height, data };
}

const reds = (data: Uint8Array): number[] => Array.from(data.filter((_, i) => i % 3 === 0));

test('at full size nothing changes', () => {
  const image = picture(5, 4, (x, y) => 10 * x + y);
  const out = new Uint8Array(60);
  createSampler(image).sample({ a: 1, b: 0, tx: 0, ty: 0 }, 5, 4, out, 0);
  expect(out).toEqual(image.data);
});

test('a part at full size is that part, and no more than the picture has', () => {
  const image = picture(5, 4, (x, y) => 10 * x + y);
  const out = new Uint8Array(3 * 6);
  const { sample } = createSampler(image);
  sample({ a: 1, b: 0, tx: 2, ty: 1 }, 3, 2, out, 0);
  expect(reds(out)).toEqual([21, 31, 41, 22, 32, 42]);
  sample({ a: 1, b: 0, tx: 3, ty: 1 }, 3, 2, out, 0);
  expect(reds(out)).toEqual([31, 41, 41, 32, 42, 42]);
});

test('a quarter turn moves every pixel to its place', () => {
  const image = picture(3, 2, (x, y) => 10 * x + y);
  const out = new Uint8Array(18);
  // (x, y) in the output is (y, 2 − x) in the picture.
  createSampler(image).sample({ a: 0, b: -1, tx: 0, ty: 2 }, 2, 3, out, 0);
  expect(reds(out)).toEqual([1, 0, 11, 10, 21, 20]);
});

test('a half turn, which runs through the picture backwards, has its grey outside', () => {
  const image = picture(3, 2, (x, y) => 10 * x + y);
  const out = new Uint8Array(3 * 15);
  createSampler(image).sample({ a: -1, b: 0, tx: 4, ty: 2 }, 5, 3, out, 0, 99);
  expect(reds(out)).toEqual([99, 21, 11, 1, 99, 99, 20, 10, 0, 99, 99, 99, 99, 99, 99]);
});

test('upright and turned sampling agree', () => {
  const image = picture(40, 30, (x, y) => 3 * x + 4 * y);
  const upright = new Uint8Array(3 * 20 * 20);
  const turned = new Uint8Array(3 * 20 * 20);
  const { sample } = createSampler(image);
  sample({ a: 1.3, b: 0, tx: -2, ty: 3.3 }, 20, 20, upright, 0, 99);
  sample({ a: 1.3, b: 1e-9, tx: -2, ty: 3.3 }, 20, 20, turned, 0, 99);
  expect(turned).toEqual(upright);
});

test('a fine chequerboard shrinks to grey instead of to an alias', () => {
  const image = picture(64, 64, (x, y) => ((x + y) % 2) * 200);
  const out = new Uint8Array(3 * 16 * 16);
  createSampler(image).sample({ a: 4, b: 0, tx: 0, ty: 0 }, 16, 16, out, 0);
  expect(new Set(out)).toEqual(new Set([100]));
});

test('outside the picture its edge is repeated, or the given grey stands', () => {
  const image = picture(2, 2, () => 50);
  const out = new Uint8Array(3 * 16);
  const { sample } = createSampler(image);
  sample({ a: 1, b: 0, tx: -1, ty: -1 }, 4, 4, out, 0);
  expect(new Set(out)).toEqual(new Set([50]));
  sample({ a: 1, b: 0, tx: -1, ty: -1 }, 4, 4, out, 0, 128);
  expect(reds(out)).toEqual([128, 128, 128, 128, 128, 50, 50, 128, 128, 50, 50, 128, 128, 128, 128, 128]);
});

test.each([
  ['upright in the middle', { a: 4, b: 0, tx: 200, ty: 170 }],
  ['turned', { a: 3, b: 2, tx: 250, ty: 90 }],
  ['over the left and upper edge', { a: 4.2, b: 0.3, tx: -40, ty: -30 }],
  ['over the right and lower edge', { a: 4, b: 0, tx: 590, ty: 430 }],
  ['wholly outside', { a: 4, b: 0, tx: -500, ty: 900 }],
])('a small part is seen as it is in the whole picture halved: %s', (_, toSource) => {
  const image = picture(643, 485, (x, y) => (37 * x + 11 * y * y) % 256);
  const [alone, whole] = [new Uint8Array(3 * 20 * 20), new Uint8Array(3 * 20 * 20)];
  createSampler(image).sample(toSource, 20, 20, alone, 0, 99);
  const sampler = createSampler(image);
  // A look at all of it halves it as a whole.
  sampler.sample({ a: 4, b: 0, tx: 0, ty: 0 }, 160, 121, new Uint8Array(3 * 160 * 121), 0);
  sampler.sample(toSource, 20, 20, whole, 0, 99);
  expect(Math.max(...alone.map((value, i) => Math.abs(value - whole[i]!)))).toBeLessThanOrEqual(1);
});

test('a picture of one pixel can be sampled at any size', () => {
  const out = new Uint8Array(3 * 9);
  createSampler(picture(1, 1, () => 7)).sample({ a: 40, b: 3, tx: 0, ty: 0 }, 3, 3, out, 0);
  expect(new Set(out)).toEqual(new Set([7]));
});
