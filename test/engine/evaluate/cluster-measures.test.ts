import { expect, test } from 'vitest';

import { clusterMeasures } from '../../../app/engine/evaluate/cluster-measures.ts';

const measure = (people: number[], groups: number[]) =>
  clusterMeasures(Int32Array.from(people), Int32Array.from(groups));

test('the truth agrees with itself, whatever the groups are called', () => {
  const perfect = { precision: 1, recall: 1, f1: 1 };
  expect(measure([1, 1, 2, 3], [7, 7, -1, 4])).toEqual({ bcubed: perfect, pairwise: perfect });
});

test('one group of everybody finds all and is right for few', () => {
  const { bcubed, pairwise } = measure([1, 1, 2, 2], [1, 1, 1, 1]);
  expect(bcubed).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
  expect(pairwise).toEqual({ precision: 1 / 3, recall: 1, f1: 0.5 });
});

test('faces all alone are right and find nothing', () => {
  const { bcubed, pairwise } = measure([1, 1, 2, 2], [1, 2, 3, 4]);
  expect(bcubed).toEqual({ precision: 1, recall: 0.5, f1: 2 / 3 });
  expect(pairwise).toEqual({ precision: 1, recall: 0, f1: 0 });
});

test('the measures are those worked out by hand', () => {
  // People AAABB in groups 1 1 2 2 2: per face precision 1 1 1/3 2/3 2/3, recall 2/3 2/3 1/3 1 1.
  const { bcubed, pairwise } = measure([1, 1, 1, 2, 2], [1, 1, 2, 2, 2]);
  expect(bcubed.precision).toBeCloseTo((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, 12);
  expect(bcubed.recall).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 12);
  // Pairs together in both: 1 + 1; in groups 1 + 3; of one person 3 + 1.
  expect(pairwise).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
});
