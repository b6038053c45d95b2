import { expect, it } from 'vitest';

import { byStrictness, namedFar, strictest } from '../../../renderer/insights/strictness.ts';

const rates = {
  tar: { '0.0001': 0.7, '0.01': 0.95, '0.001': 0.9 },
  frr: { '0.0001': 0.3, '0.01': 0.05, '0.001': 0.1 },
};

it('orders the strictnesses from loose to strict', () => {
  expect(byStrictness(rates).map(({ far, tar, frr }) => [far, tar, frr])).toEqual([
    [0.01, 0.95, 0.05],
    [0.001, 0.9, 0.1],
    [0.0001, 0.7, 0.3],
  ]);
});

it('speaks of the strictest that there are enough pairs for, and of the loosest where there are few', () => {
  const among = (different: number): number | undefined =>
    strictest({ ...rates, pairs: different + 100, same: 100 })?.far;
  expect([among(500_000), among(20_000), among(50)]).toEqual([0.0001, 0.001, 0.01]);
  expect(strictest({ tar: {}, frr: {}, pairs: 0, same: 0 })).toBeNull();
});

it('finds a rate by its number, however the engine wrote it', () => {
  expect(namedFar({ '1e-4': 0.5 }, 0.0001)).toBe('1e-4');
  expect(namedFar({}, 0.0001)).toBeNull();
});
