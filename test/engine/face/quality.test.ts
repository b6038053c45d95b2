import { expect, test } from 'vitest';

import { qualityOf } from '../../../app/engine/face/quality.ts';
import { sharpnessOf } from '../../../app/engine/face/sharpness.ts';
import { createTestPattern } from '../../../app/engine/face/test-pattern.ts';

const good = { side: 200, sharpness: 0.8, pose: { yaw: 0, pitch: 0, roll: 0 }, score: 1 };

test('a large, sharp, frontal face is good, and roll does not matter', () => {
  expect(qualityOf(good)).toBeGreaterThan(0.8);
  expect(qualityOf({ ...good, pose: { yaw: 0, pitch: 0, roll: 90 } })).toBe(qualityOf(good));
});

test.each([
  { side: 12 },
  { sharpness: 0 },
  { pose: { yaw: 80, pitch: 0, roll: 0 } },
  { pose: { yaw: 0, pitch: -70, roll: 0 } },
  { score: 0 },
])('%o alone makes a face useless', (flaw) => {
  expect(qualityOf({ ...good, ...flaw })).toBe(0);
});

test('a flat chip is not sharp, and a soft one is less so than a noisy one', () => {
  const size = 112;
  const soft = createTestPattern(size, size).data;
  const noisy = soft.map((value, i) => value + ((i * 7919) % 41));
  expect(sharpnessOf(new Uint8Array(3 * size * size).fill(90), size)).toBe(0);
  expect(sharpnessOf(soft, size)).toBeGreaterThan(0);
  expect(sharpnessOf(noisy, size)).toBeGreaterThan(sharpnessOf(soft, size));
});
