import { expect, it } from 'vitest';

import { estimated, oneIn, percent, rate } from '../../../renderer/shared/numbers.ts';

it('never shows what is not all as all, nor what is something as nothing', () => {
  expect([0, 0.0001, 0.5, 0.9999, 1].map((share) => percent(share))).toEqual(['0%', '1%', '50%', '99%', '100%']);
  expect([0.00001, 0.99999].map((share) => percent(share, 1))).toEqual(['0.1%', '99.9%']);
});

it('gives small rates the digits they need', () => {
  expect([0.01, 0.0001, 1e-6].map(rate)).toEqual(['1%', '0.01%', '0.0001%']);
  expect(oneIn(1e-4)).toBe('1 in 10,000');
});

it('says how far off an estimate may be, and a tenth of a percent only where it may not', () => {
  expect(estimated({ value: 0.9731, low: 0.95, high: 0.99 })).toBe('97% ± 2');
  expect(estimated({ value: 0.9976, low: 0.995, high: 0.999 })).toBe('99.8%');
  expect(estimated({ value: 0.9999, low: 0.999, high: 1 })).toBe('99.9%');
});
