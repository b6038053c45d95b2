import { describe, expect, it } from 'vitest';

import { orderQuestions, worthOf, type Askable } from '../../../app/engine/people/review-order.ts';

const alike = 1;
const question = (more: Partial<Askable>): Askable => ({
  settles: 1,
  distance: 0.8,
  runnerUp: Infinity,
  put: null,
  ...more,
});

describe('what an answer is worth', () => {
  it('grows with the faces that it settles', () => {
    expect(worthOf(question({ settles: 38 }), alike)).toBeCloseTo(38 * worthOf(question({}), alike));
  });

  it('is most where the distance says neither yes nor no', () => {
    const worths = [0.3, 0.7, 0.9, 1].map((distance) => worthOf(question({ distance }), alike));
    expect(worths).toEqual(worths.toSorted((a, b) => a - b));
    expect(worths[3]).toBeCloseTo(1);
  });

  it('is more where somebody else lies almost as near', () => {
    const plain = worthOf(question({ distance: 0.7, runnerUp: 1.1 }), alike);
    const doubtful = worthOf(question({ distance: 0.7, runnerUp: 0.72 }), alike);
    expect(doubtful).toBeGreaterThan(2 * plain);
    expect(worthOf(question({ distance: 0.7 }), alike)).toBeLessThan(plain);
  });
});

describe('the order of questions', () => {
  it('asks fresh ones by worth, then skipped ones, last the unsure, each the longest ago first', () => {
    const small = question({});
    const large = question({ settles: 10 });
    const skipped = question({ settles: 100, put: { answer: 'skip', at: 5 } });
    const skippedBefore = question({ put: { answer: 'skip', at: 2 } });
    const unsure = question({ settles: 1000, put: { answer: 'unsure', at: 1 } });
    const ordered = orderQuestions([unsure, skipped, small, skippedBefore, large], alike);
    expect(ordered).toEqual([large, small, skippedBefore, skipped, unsure]);
  });
});
