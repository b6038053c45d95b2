import { expect, it } from 'vitest';

import { oneIn, percent, rate, thinned } from '../../../renderer/plots/plot-table.ts';

it('never shows what is not all as all, nor what is something as nothing', () => {
  expect([0, 0.0001, 0.5, 0.9999, 1].map((share) => percent(share))).toEqual(['0%', '1%', '50%', '99%', '100%']);
  expect([0.00001, 0.99999].map((share) => percent(share, 1))).toEqual(['0.1%', '99.9%']);
});

it('gives small rates the digits they need', () => {
  expect([0.01, 0.0001, 1e-6].map(rate)).toEqual(['1%', '0.01%', '0.0001%']);
  expect(oneIn(1e-4)).toBe('1 in 10,000');
});

it('thins a list evenly and keeps both ends', () => {
  expect(thinned([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(
    thinned(
      Array.from({ length: 101 }, (_, i) => i),
      5,
    ),
  ).toEqual([0, 25, 50, 75, 100]);
});
