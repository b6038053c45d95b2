import { expect, it } from 'vitest';

import { axisFor, placeOf, valueAt } from '../../../renderer/insights/distance-axis.ts';

const distances = { eps: 0.8, acceptance: 1 };
const calibration = { current: distances, standard: distances, suggested: null, basis: '' };
const edges = Array.from({ length: 21 }, (_, i) => i / 10);
const bins = (from: number, to: number): number[] =>
  Array.from({ length: 20 }, (_, i) => (i >= from && i < to ? 5 : 0));

it('shows where pairs lie and where one may choose, and no more', () => {
  expect(axisFor({ edges, same: bins(3, 9), different: bins(9, 16) }, calibration)).toEqual({ low: 0.3, high: 1.6 });
  expect(axisFor(null, calibration)).toEqual({ low: 0.5, high: 1.3 });
});

it('tells the distance at a place and the place of a distance, and stops at the ends', () => {
  const axis = { low: 0.3, high: 1.6 };
  for (const value of [0.3, 0.8, 1.6]) expect(valueAt(axis, 700, placeOf(axis, 700, value))).toBeCloseTo(value);
  expect([valueAt(axis, 700, -50), valueAt(axis, 700, 5000)]).toEqual([0.3, 1.6]);
});
