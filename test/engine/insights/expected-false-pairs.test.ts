import { expect, test } from 'vitest';

import { expectedFalsePairs, mixedPeople } from '../../../app/engine/insights/expected-false-pairs.ts';

const ints = (...values: number[]): Int32Array => Int32Array.from(values);

test('people whose faces share a group are counted with the pairs of faces', () => {
  // Groups: {1, 1, 2}, {2, 3, 3}, {4}: 2 of 1·2 pairs and 2 of 2·3.
  const mixed = mixedPeople({ people: ints(1, 1, 2, 2, 3, 3, 4), groups: ints(7, 7, 7, 8, 8, 8, -4) });
  expect(mixed).toEqual({ pairsOfPeople: 2, people: 3, together: 4, different: 21 - 3 });
});

test('as many of the other pairs are expected to be wrong as of those that labels know', () => {
  const mixed = { pairsOfPeople: 4, people: 8, together: 40, different: 10_000 };
  const expected = expectedFalsePairs(mixed, 50, 100_000, 1e6)!;
  expect(expected.value).toBeCloseTo(400, 9);
  // Of 4 events the exact Poisson interval is 1.09 to 10.24.
  expect(expected.low).toBeCloseTo(109, -1);
  expect(expected.high).toBeCloseTo(1024, -1);
});

test('none seen is not none at all: up to 3.7 pairs of people may be', () => {
  const mixed = { pairsOfPeople: 0, people: 0, together: 0, different: 4500 };
  const expected = expectedFalsePairs(mixed, 10, 45_000, 1e6)!;
  expect(expected).toMatchObject({ value: 0, low: 0 });
  // 100 pairs of faces for each of 45 pairs of people, ten times as many pairs that no label knows.
  expect(expected.high).toBeCloseTo(3.67 * 100 * 10, -2);
});

test('no more can be wrong than are together, and without two people nothing is said', () => {
  const mixed = { pairsOfPeople: 4, people: 8, together: 40, different: 100 };
  expect(expectedFalsePairs(mixed, 8, 1e6, 12)).toEqual({ value: 12, low: 12, high: 12 });
  expect(expectedFalsePairs({ ...mixed, different: 0 }, 1, 10, 10)).toBeNull();
});
