import { expect, test } from 'vitest';

import { workingSize } from '../../../app/engine/image/decode.ts';
import { settings } from '../../../app/engine/settings.ts';

test.each([
  ['a small picture stays as it is', [1920, 1280], [1920, 1280]],
  ['a photo of 12 megapixels is halved, which its decoder does at once', [4032, 3024], [2016, 1512]],
  ['a photo of 48 megapixels is quartered', [8064, 6048], [2016, 1512]],
])('%s', (_, [width, height], [wide, high]) => {
  expect(workingSize(width!, height!)).toEqual({ width: wide, height: high });
});

test.each([
  [6000, 4000],
  [3000, 2000],
  [30_000, 100],
])('a picture of %i × %i keeps its shape and as many pixels as may be', (width, height) => {
  const size = workingSize(width, height);
  const { workingPixels, workingSide } = settings.import;
  expect(Math.abs(size.width / size.height / (width / height) - 1)).toBeLessThan(0.02);
  expect(size.width * size.height).toBeLessThan(1.01 * workingPixels);
  expect(size.width * size.height > 0.6 * workingPixels || size.width > 0.8 * workingSide).toBe(true);
});
