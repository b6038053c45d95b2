import { expect, test } from 'vitest';

import { halve } from '../../../app/engine/face/halve.ts';
import type { RgbImage } from '../../../app/engine/image/rgb-image.ts';

function picture(width: number, height: number, value: (x: number, y: number) => number): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) data.fill(value(i % width, Math.floor(i / width)), 3 * i, 3 * i + 3);
  return { width, height, data };
}

const reds = (data: Uint8Array): number[] => Array.from(data.filter((_, i) => i % 3 === 0));

test('halving takes the mean of four and leaves out an odd edge', () => {
  const half = halve(picture(5, 2, (x, y) => 10 * x + 4 * y));
  expect([half.width, half.height]).toEqual([2, 1]);
  expect(reds(half.data)).toEqual([7, 27]);
});
