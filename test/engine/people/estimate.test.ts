import { describe, expect, it } from 'vitest';

import { estimateMissing, estimatePrecision, withoutItself } from '../../../app/engine/people/estimate.ts';
import { createRandom } from '../../factories/library.ts';

describe('the share of faces that are right', () => {
  it('is certain where the user confirmed every face', () => {
    expect(estimatePrecision(12, 3, [])).toEqual({ value: 1, low: 1, high: 1 });
  });

  it('is what the distances tell while the user has said nothing', () => {
    const { value, low, high } = estimatePrecision(
      0,
      0,
      Array.from({ length: 100 }, () => 0.97),
    );
    expect(value).toBeCloseTo(0.97);
    expect(low).toBeLessThan(0.95);
    expect(low).toBeGreaterThan(0.85);
    expect(high).toBeLessThanOrEqual(1);
  });

  it('falls with the faces that were taken away, rises with those that were confirmed, and gets narrower', () => {
    const unchecked = Array.from({ length: 100 }, () => 0.95);
    const before = estimatePrecision(0, 0, unchecked);
    const doubted = estimatePrecision(5, 15, unchecked);
    const trusted = estimatePrecision(200, 0, unchecked);
    expect(doubted.value).toBeLessThan(before.value);
    expect(trusted.value).toBeGreaterThan(before.value);
    expect(trusted.high - trusted.low).toBeLessThan(before.high - before.low);
  });

  it('comes near to the truth when the answers are a sample of the faces', () => {
    // A fifth of the faces is wrong, which the distances do not see; the user looked at 200 of 1,000.
    const random = createRandom(3);
    const wrong = Array.from({ length: 200 }, () => random() < 0.2).filter(Boolean).length;
    const { value, low, high } = estimatePrecision(
      200 - wrong,
      wrong,
      Array.from({ length: 800 }, () => 0.99),
    );
    const truth = (200 - wrong + 800 * 0.8) / (1000 - wrong);
    expect([low < truth, truth < high]).toEqual([true, true]);
    expect(value).toBeCloseTo(truth, 1);
  });
});

describe('the faces that are missing', () => {
  it('are those that the review expects, and as many again as it has been found to expect too few', () => {
    const units = [
      { settles: 10, likelihood: 0.9 },
      { settles: 1, likelihood: 0.5 },
    ];
    const { value, low, high } = estimateMissing(100, units);
    expect(value).toBeGreaterThan(9.5);
    expect(value).toBeLessThan(18);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(value);
    expect(estimateMissing(0, [])).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('are less sure where one large group is in question than where many faces are', () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const group = estimateMissing(50, [{ settles: 20, likelihood: 0.5 }]);
    const faces = estimateMissing(
      50,
      Array.from({ length: 20 }, () => ({ settles: 1, likelihood: 0.5 })),
    );
    expect(group.value).toBeCloseTo(faces.value);
    expect(width(group)).toBeGreaterThan(1.5 * width(faces));
  });
});

describe('the average distance to the others of a person', () => {
  it('leaves the face itself out', () => {
    // Two of three faces lie 1 away: over all three the mean square is 2/3.
    expect(withoutItself(Math.sqrt(2 / 3), 3)).toBeCloseTo(1);
    expect(withoutItself(0, 5)).toBeCloseTo(0);
  });
});
