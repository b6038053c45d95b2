import { expect, test } from 'vitest';

import { fitSimilarity, scaleOf } from '../../../app/engine/face/similarity.ts';

const square = Float32Array.of(0, 0, 2, 0, 2, 2, 0, 2);

test('finds a quarter turn, a doubling and a shift worked out by hand', () => {
  // (x, y) ↦ (−2y + 5, 2x − 1)
  const found = fitSimilarity(square, Float32Array.of(5, -1, 5, 3, 1, 3, 1, -1));
  expect(found.a).toBeCloseTo(0, 6);
  expect(found.b).toBeCloseTo(2, 6);
  expect(found.tx).toBeCloseTo(5, 6);
  expect(found.ty).toBeCloseTo(-1, 6);
});

test('gives the least squares where no similarity fits: Umeyama’s own example, without reflection', () => {
  // Umeyama 1991, section IV: X = (0,0), (1,0), (0,2); Y = (0,0), (−1,0), (0,2).
  const found = fitSimilarity(Float32Array.of(0, 0, 1, 0, 0, 2), Float32Array.of(0, 0, -1, 0, 0, 2));
  expect(scaleOf(found)).toBeCloseTo(0.721, 3);
  expect(found.a).toBeCloseTo(0.721 * 0.832, 3);
  expect(found.b).toBeCloseTo(-0.721 * 0.555, 3);
  expect(found.tx).toBeCloseTo(-0.8, 3);
  expect(found.ty).toBeCloseTo(0.4, 3);
});

test('a mirrored face is not mirrored back', () => {
  const { a, b } = fitSimilarity(square, Float32Array.of(2, 0, 0, 0, 0, 2, 2, 2));
  expect(Math.hypot(a, b)).toBeLessThan(1e-6);
});

test('points that coincide give a shift', () => {
  expect(fitSimilarity(Float32Array.of(1, 1, 1, 1), Float32Array.of(4, 6, 4, 6))).toEqual({ a: 1, b: 0, tx: 3, ty: 5 });
});
