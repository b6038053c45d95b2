import { describe, expect, test } from 'vitest';

import { countPairs, joinCounts, totals } from '../../../app/engine/evaluate/pair-counts.ts';
import { createDistanceHistogram } from '../../../app/engine/evaluate/distance-histogram.ts';
import { accuracyAt, bestThreshold, rocOf } from '../../../app/engine/evaluate/roc.ts';
import { createRandom } from '../../factories/library.ts';

/** Distances with two decimals, so that many are equal. */
function samplePairs(): { same: number[]; different: number[] } {
  const random = createRandom(7);
  const three = (): number => Math.round((random() + random() + random()) * 50) / 100;
  return { same: Array.from({ length: 400 }, three), different: Array.from({ length: 900 }, () => three() + 0.5) };
}

describe('the ROC', () => {
  test('of separable pairs is perfect', () => {
    const counts = countPairs([0.1, 0.2, 0.3], [0.8, 0.9]);
    const roc = rocOf(counts);
    expect([roc.auc, roc.eer, roc.tarAt(0)]).toEqual([1, 0, 1]);
    expect(bestThreshold(counts)).toEqual({ threshold: (0.3 + 0.8) / 2, accuracy: 1 });
  });

  test('of pairs that say nothing is the diagonal', () => {
    const roc = rocOf(countPairs([0.5, 0.5, 0.5], [0.5, 0.5]));
    expect([roc.auc, roc.eer, roc.tarAt(0.5), roc.tarAt(1)]).toEqual([0.5, 0.5, 0, 1]);
  });

  test('is that of hand, ties counted half', () => {
    // same 1 2 3, different 2 4: 1 beats both, 2 ties with 2 and beats 4, 3 beats 4 → (2 + 1.5 + 1) / 6.
    const roc = rocOf(countPairs([1, 2, 3], [2, 4]));
    expect(roc.auc).toBeCloseTo(4.5 / 6, 12);
    // Accepted up to 1: FAR 0, FRR 2/3; up to 2: FAR 1/2, FRR 1/3. Both are 0.4 on the way.
    expect(roc.eer).toBeCloseTo(0.4, 12);
    expect([roc.tarAt(0), roc.tarAt(0.49), roc.tarAt(0.5)]).toEqual([1 / 3, 1 / 3, 1]);
  });

  test('equals scikit-learn 1.9.1 on 1,300 pairs with ties', () => {
    const { same, different } = samplePairs();
    const counts = countPairs(same, different);
    const roc = rocOf(counts);
    expect(roc.auc).toBeCloseTo(0.9384083333333333, 12);
    expect(roc.eer).toBeCloseTo(0.14588235294117646, 12);
    expect(roc.tarAt(0.1)).toBe(0.7875);
    expect(roc.tarAt(0.01)).toBe(0.4575);
    expect(roc.tarAt(0.001)).toBe(0.2475);
    expect(bestThreshold(counts).accuracy).toBeCloseTo(0.855, 12);
  });

  test('with fewer negatives than the rate asks for gives what is accepted without a false accept', () => {
    const roc = rocOf(countPairs([0.1, 0.2, 0.7], [0.5, 0.9]));
    expect(roc.tarAt(0.0001)).toBeCloseTo(2 / 3, 12);
  });

  test('never accepts pairs that could not be compared', () => {
    const counts = countPairs([0.1, Infinity], [0.9, Infinity]);
    expect(rocOf(counts).tarAt(1)).toBe(0.5);
    expect(bestThreshold(counts)).toEqual({ threshold: 0.5, accuracy: 0.75 });
    expect(accuracyAt(counts, 2)).toBe(0.5);
  });
});

test('pairs counted apart and joined are the pairs counted together', () => {
  const { same, different } = samplePairs();
  const parts = joinCounts(
    countPairs(same.slice(0, 100), different.slice(0, 700)),
    countPairs(same.slice(100), different.slice(700)),
  );
  expect(parts).toEqual(countPairs(same, different));
  expect(totals(parts)).toEqual({ same: 400, different: 900 });
});

test('a histogram loses nothing that shows', () => {
  const { same, different } = samplePairs();
  const histogram = createDistanceHistogram();
  for (const distance of same) histogram.add(distance / 1.5, true);
  for (const distance of different) histogram.add(distance / 1.5, false);
  const exact = rocOf(countPairs(same, different));
  const roc = rocOf(histogram.counts());
  expect(roc.auc).toBeCloseTo(exact.auc, 3);
  expect(roc.tarAt(0.01)).toBe(exact.tarAt(0.01));
});
