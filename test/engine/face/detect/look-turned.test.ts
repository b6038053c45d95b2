import { expect, test } from 'vitest';

import { lookTurned } from '../../../../app/engine/face/detect/look-turned.ts';
import { createSampler, type Sampler } from '../../../../app/engine/face/sampler.ts';
import type { DetectedFace } from '../../../../app/engine/model/model-service.ts';

const sampler = createSampler({ width: 40, height: 20, data: new Uint8Array(3 * 800) });
const face = (score: number, left = 0): DetectedFace => ({ box: [left, 2, 4, 6], points: new Float32Array(10), score });
const settings = { sure: 0.95, side: 20 };

/** A detector that finds one list of faces after the other, and keeps the sizes that it was shown. */
function finding(...found: DetectedFace[][]) {
  const sizes: string[] = [];
  const look = (samplers: readonly Sampler[]): Promise<DetectedFace[][]> =>
    Promise.resolve(samplers.map(({ width, height }) => found[sizes.push(`${width}×${height}`) - 1] ?? []));
  return { look, sizes };
}

test('a picture with a face that is surely one is not looked at again', async () => {
  const { look, sizes } = finding([face(0.99)]);
  const upright = [face(0.97)];
  expect(await lookTurned(look, sampler, upright, settings)).toBe(upright);
  expect(sizes).toEqual([]);
});

test('it is looked at small each way, then properly the way for which most speaks, and faces keep their places', async () => {
  const { look, sizes } = finding([face(0.96)], [face(0.97)], [face(0.96), face(0.96)], [face(0.99), face(0.98, 8)]);
  const found = await lookTurned(look, sampler, [face(0.8)], settings);
  expect(sizes).toEqual(['10×20', '20×10', '10×20', '20×40']);
  // After three quarter turns: (x, y) is (40 − y, x) in the picture.
  expect(found.map(({ box }) => box)).toEqual([
    [32, 0, 6, 4],
    [32, 8, 6, 4],
  ]);
});

test('faces none of which is surely one do not turn a picture', async () => {
  const { look, sizes } = finding([face(0.94), face(0.93)], [face(0.9)], []);
  expect(await lookTurned(look, sampler, [], settings)).toEqual([]);
  expect(sizes).toHaveLength(3);
});

test('many faces that are likely outweigh one the other way round that is surely one', async () => {
  const { look } = finding([face(0.96)], [], [], [face(0.96)]);
  const upright = [face(0.9), face(0.88, 8), face(0.85, 16)];
  expect(await lookTurned(look, sampler, upright, settings)).toBe(upright);
});
