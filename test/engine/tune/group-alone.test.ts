import { expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { groupAlone, movedDistance, nearRows } from '../../../app/engine/tune/group-alone.ts';

const angles = (...degrees: number[]): Float32Array =>
  Float32Array.from(degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]));

const tf = await loadBackend('wasm');

it('near rows are the pairs within the radius', () => {
  const near = nearRows(tf, angles(0, 10, 90), 2, 0.2);
  expect(near.pairs).toEqual([0, 1]);
  expect(near.distances[0]).toBeCloseTo(2 * Math.sin((5 * Math.PI) / 180), 6);
});

it('groups are parted where the average is beyond acceptance, though single faces are near', () => {
  const rows = angles(0, 10, 20, 30, 120);
  const groups = (acceptance: number): number[] => [
    ...groupAlone(rows, 2, nearRows(tf, rows, 2, 0.2), { eps: 0.2, acceptance }),
  ];
  const wide = groups(0.6);
  expect(new Set(wide.slice(0, 4)).size).toBe(1);
  expect(wide[4]).not.toBe(wide[0]);
  expect(new Set(groups(0.2).slice(0, 4)).size).toBe(2);
});

it('a distance moves with the bulk of the pairs of two people', () => {
  const before = { mean: 1.5, reach: 0.1 };
  expect(movedDistance(1, before, before)).toBeCloseTo(1, 12);
  expect(movedDistance(1, before, { mean: 2, reach: 0.2 })).toBeCloseTo(Math.sqrt(2 - 5 * 0.2), 12);
  expect(movedDistance(0.1, before, { mean: 1, reach: 0.5 })).toBe(0);
});
