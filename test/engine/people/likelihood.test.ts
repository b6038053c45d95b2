import { describe, expect, it } from 'vitest';

import { adjustLikelihoods, createEvidence, likelihood, reachOf } from '../../../app/engine/people/likelihood.ts';
import { settings } from '../../../app/engine/settings.ts';
import { createRandom } from '../../factories/library.ts';

const thresholds = {
  pair: 1.2,
  eps: 1,
  acceptance: 1.1,
  far: [
    { distance: 0.9, rate: 1e-5 },
    { distance: 1, rate: 1e-4 },
    { distance: 1.2, rate: 1e-2 },
  ],
};

describe('the evidence of a distance', () => {
  const evidence = createEvidence(thresholds);

  it('is how rarely different people come as near, in decades, a line between what was measured', () => {
    for (const [distance, decades] of [
      [0.9, 5],
      [1, 4],
      [1.2, 2],
    ] as const)
      expect(evidence(distance)).toBeCloseTo(decades);
    expect(evidence(1.1)).toBeCloseTo(3);
  });

  it('goes on beyond what was measured, within bounds', () => {
    expect(evidence(0.85)).toBeCloseTo(5.5);
    expect(evidence(1.3)).toBeCloseTo(1);
    expect([evidence(0), evidence(2), evidence(Infinity)]).toEqual([9, 0, 0]);
  });

  it('follows the acceptance where nobody has measured', () => {
    const guessed = createEvidence({ pair: 1.2, eps: 1, acceptance: 1.1 });
    expect(guessed(1.1)).toBeCloseTo(3);
    expect(guessed(0.93 * 1.1)).toBeCloseTo(4);
  });
});

describe('the distance beyond which nothing speaks for anybody', () => {
  it('is where the evidence has fallen to what counts as none', () => {
    for (const known of [thresholds, { pair: 1.2, eps: 1, acceptance: 1.1 }])
      expect(createEvidence(known)(reachOf(known))).toBeCloseTo(settings.people.evidence.least);
  });
});

describe('the likelihood of a yes', () => {
  it('grows with the evidence for the person and falls with that for the next one', () => {
    const rising = [1, 3, 5, 7].map((own) => likelihood(own, 2));
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(likelihood(5, 5)).toBeLessThan(likelihood(5, 1));
    expect(likelihood(9, 0)).toBeGreaterThan(0.999);
    expect(likelihood(0, 0)).toBeLessThan(0.01);
  });

  it('is lowered in a library where nearly all are strangers, and kept where the share is the usual one', () => {
    const random = createRandom(7);
    // Evidence of strangers around 1.5, of the person around 4.
    const questions = (yes: number, no: number): number[] => [
      ...Array.from({ length: yes }, () => likelihood(3.5 + random(), 0)),
      ...Array.from({ length: no }, () => likelihood(1.5 + random(), 0)),
    ];
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const usual = questions(100, 300);
    expect(sum(adjustLikelihoods(usual)) / sum(usual)).toBeCloseTo(1, 0);
    const strangers = questions(0, 600);
    expect(sum(adjustLikelihoods(strangers))).toBeLessThan(0.6 * sum(strangers));
    expect(adjustLikelihoods([])).toEqual([]);
  });
});
