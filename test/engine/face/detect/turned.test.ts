import sharp from 'sharp';
import { expect, test } from 'vitest';

import { faceTurnedBack, turnedSampler, type Quarters } from '../../../../app/engine/face/detect/turned.ts';
import { createSampler } from '../../../../app/engine/face/sampler.ts';

const width = 7;
const height = 5;
const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 37) % 251);
const size = { width, height };

test.each([1, 2, 3] as const)('a picture looked at after %i quarter turns is the turned picture', async (quarters) => {
  const { data: expected, info } = await sharp(data, { raw: { ...size, channels: 3 } })
    .rotate(90 * quarters)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const view = turnedSampler(createSampler({ ...size, data }), quarters);
  expect([view.width, view.height]).toEqual([info.width, info.height]);
  const seen = new Uint8Array(3 * width * height);
  view.sample({ a: 1, b: 0, tx: 0, ty: 0 }, view.width, view.height, seen, 0);
  expect(seen).toEqual(new Uint8Array(expected));
});

test.each<[Quarters, number[], number[]]>([
  // The turned picture is 5 wide and 7 high; its top left corner is the bottom left one of the picture.
  [1, [1, 1, 2, 3], [1, 2, 3, 2]],
  [2, [1, 1, 2, 3], [4, 1, 2, 3]],
  // Its top left corner is the top right one of the picture.
  [3, [1, 1, 2, 3], [3, 1, 3, 2]],
])('a face found after %i quarter turns keeps its place in the picture', (quarters, box, expected) => {
  const face = { box: box as [number, number, number, number], points: Float32Array.of(1, 1), score: 0.9 };
  const back = faceTurnedBack(face, quarters, size);
  expect(back.box).toEqual(expected);
  expect(Array.from(back.points)).toEqual({ 1: [1, 4], 2: [6, 4], 3: [6, 1] }[quarters]);
  expect(back.score).toBe(0.9);
});
