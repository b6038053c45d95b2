import { describe, expect, test } from 'vitest';

import { createBlockTally } from '../../../app/engine/evaluate/block-counts.ts';
import { clusterMeasures } from '../../../app/engine/evaluate/cluster-measures.ts';
import { createDistanceHistogram } from '../../../app/engine/evaluate/distance-histogram.ts';
import { countPairs } from '../../../app/engine/evaluate/pair-counts.ts';
import { rocPoints } from '../../../app/engine/evaluate/roc-points.ts';
import { rocOf } from '../../../app/engine/evaluate/roc.ts';
import { verification } from '../../../app/engine/evaluate/verification.ts';
import goldens from '../../fixtures/evaluation-goldens.json' with { type: 'json' };

const { same, different, roc, clusters } = goldens;
const counts = countPairs(same, different);
const rest = (): Promise<void> => Promise.resolve();

describe(`what scikit-learn ${goldens.scikitLearn} says of 1,200 pairs`, () => {
  test('is the curve, point by point', () => {
    const points = rocPoints(counts, Infinity);
    expect(points).toHaveLength(roc.far.length);
    for (const [k, { threshold, far, tar }] of points.entries()) {
      expect(threshold).toBeCloseTo(roc.thresholds[k]!, 12);
      expect(far).toBeCloseTo(roc.far[k]!, 12);
      expect(tar).toBeCloseTo(roc.tar[k]!, 12);
    }
  });

  test('is what the fewer points lie on that are shown', () => {
    const points = rocPoints(counts, 60);
    expect(points.length).toBeGreaterThan(30);
    expect(points.length).toBeLessThanOrEqual(60);
    for (const { threshold, far, tar } of points) {
      const k = roc.thresholds.findIndex((other) => Math.abs(other - threshold) < 1e-9);
      expect([far, tar]).toEqual([expect.closeTo(roc.far[k]!, 12), expect.closeTo(roc.tar[k]!, 12)]);
    }
  });

  test('are the areas and rates', () => {
    const { auc, eer, tarAt } = rocOf(counts);
    expect(auc).toBeCloseTo(goldens.auc, 12);
    expect(eer).toBeCloseTo(goldens.eer, 12);
    for (const [far, tar] of Object.entries(goldens.tar)) expect(tarAt(Number(far))).toBeCloseTo(tar, 12);
  });

  test('is kept by a histogram of any number of pairs', () => {
    const histogram = createDistanceHistogram();
    for (const distance of same) histogram.add(distance, true, 5000);
    for (const distance of different) histogram.add(distance, false, 5000);
    const { auc, eer, tarAt } = rocOf(histogram.counts());
    expect([auc, eer]).toEqual([expect.closeTo(goldens.auc, 12), expect.closeTo(goldens.eer, 12)]);
    expect(tarAt(0.01)).toBeCloseTo(goldens.tar['0.01'], 12);
  });
});

test('B-cubed is that of brute force, and pairs are those of scikit-learn', () => {
  const { bcubed, pairwise } = clusterMeasures(Int32Array.from(clusters.people), Int32Array.from(clusters.groups));
  for (const [ours, theirs] of [
    [bcubed, clusters.bcubed],
    [pairwise, clusters.pairwise],
  ] as const) {
    expect(ours.precision).toBeCloseTo(theirs.precision, 12);
    expect(ours.recall).toBeCloseTo(theirs.recall, 12);
  }
});

describe('the confidence band', () => {
  /** Pairs of some people, `each` of one and as many of each two; what is drawn again is drawn from the goldens. */
  const measure = async (people: number, each: number) => {
    const blocks = createBlockTally(people);
    const [ones, twos]: [number[], number[]] = [[], []];
    let next = 0;
    for (let a = 0; a < people; a++) {
      for (let b = a; b < people; b++) {
        for (let i = 0; i < each; i++) {
          const from = a === b ? same : different;
          const distance = from[next++ % from.length]!;
          (a === b ? ones : twos).push(distance);
          blocks.add(distance, a, b);
        }
      }
    }
    const all = countPairs(ones, twos);
    return verification({ folds: [all], all, blocks }, rest);
  };
  const widthAt = (measures: Awaited<ReturnType<typeof measure>>, far: number): number => {
    const point = measures.roc.findLast((one) => one.far <= far)!;
    return point.high - point.low;
  };

  test('holds the curve, ends where it ends, and is narrower with more people', async () => {
    const [few, many] = [await measure(8, 6), await measure(80, 6)];
    for (const { low, tar, high } of many.roc) {
      expect(low).toBeLessThanOrEqual(tar);
      expect(high).toBeGreaterThanOrEqual(tar);
    }
    expect(many.roc.at(-1)).toMatchObject({ far: 1, tar: 1 });
    expect(widthAt(many, 0.01)).toBeGreaterThan(0);
    expect(widthAt(many, 0.01)).toBeLessThan(widthAt(few, 0.01));
  });

  test('is the same again, and knows nothing of a single person', async () => {
    expect(await measure(8, 6)).toEqual(await measure(8, 6));
    const blocks = createBlockTally(1);
    const all = countPairs([0.5], [1]);
    const { roc: points } = await verification({ folds: [all], all, blocks }, rest);
    expect(points.map(({ low, high }) => [low, high])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});
