import { describe, expect, it } from 'vitest';

import { bestTrial, judge, smoothTrials, type Trial } from '../../../app/engine/insights/trials.ts';

const trial = (at: readonly number[], error: number, precision = 1): Trial => ({
  setting: at.join(' '),
  at,
  error,
  precision,
  recall: 1,
});

describe('choosing a setting', () => {
  it('judges groups by whose faces they are', () => {
    const { error, precision, recall } = judge('all apart but two', [1], [7, 7, 8], [0, 0, -1]);
    expect([error, precision, recall]).toEqual([0, 1, 1]);
    expect(judge('all together', [1], [7, 7, 8], [0, 0, 0])).toMatchObject({ precision: 1 / 3, recall: 1 });
  });

  it('takes the least error among those that are precise enough, else the most precise', () => {
    const trials = [trial([0.8], 0.1, 0.99), trial([0.82], 0.05, 0.98), trial([0.84], 0.01, 0.9)];
    expect(bestTrial(trials, 0.98).at).toEqual([0.82]);
    expect(bestTrial(trials, 0.999).at).toEqual([0.8]);
  });

  it('is not misled by a single lucky setting once they are smoothed', () => {
    const trials = [
      trial([0.6], 0.04),
      trial([0.62], 0.03),
      trial([0.64], 0.04),
      trial([0.8], 0.09),
      trial([0.82], 0.02),
      trial([0.84], 0.09, 0.8),
    ];
    expect(bestTrial(trials, 0.98).at).toEqual([0.82]);
    const smooth = smoothTrials(trials);
    expect(bestTrial(smooth, 0.98).at).toEqual([0.62]);
    // A third of the way to where settings say nothing of one another: weight two thirds.
    expect(smooth[4]?.error).toBeCloseTo((0.09 * (2 / 3) + 0.02 + 0.09 * (2 / 3)) / (7 / 3), 12);
    expect(smooth[4]?.precision).toBeCloseTo((2 / 3 + 1 + 0.8 * (2 / 3)) / (7 / 3), 12);
  });

  it('smooths along every number of a setting, and leaves settings without numbers as they are', () => {
    const trials = [
      trial([0.8, 0.9], 0.1),
      trial([0.83, 0.93], 0.6),
      trial([0.8, 0.96], 0.8),
      trial([], 0.5),
      trial([], 0.7),
    ];
    const errors = smoothTrials(trials).map(({ error }) => error);
    expect(errors[0]).toBeCloseTo((0.1 + 0.6 / 4) / (1 + 1 / 4), 12);
    expect(errors.slice(3)).toEqual([0.5, 0.7]);
  });
});
