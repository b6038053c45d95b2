import { expect, test } from 'vitest';

import { createSampler, halve } from '../../../app/engine/face/sampler.ts';
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

test('halving takes the mean of four and leaves out an odd edge', () => {
  const half = halve(picture(5, 2, (x, y) => 10 * x + 4 * y));
  expect([half.width, half.height]).toEqual([2, 1]);
  expect(reds(half.data)).toEqual([7, 27]);
});

test('a picture of one pixel can be sampled at any size', () => {
  const out = new Uint8Array(3 * 9);
  createSampler(picture(1, 1, () => 7)).sample({ a: 40, b: 3, tx: 0, ty: 0 }, 3, 3, out, 0);
  expect(new Set(out)).toEqual(new Set([7]));
});
