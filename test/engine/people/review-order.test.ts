import { describe, expect, it } from 'vitest';

import { orderQuestions, worthOf, type Askable } from '../../../app/engine/people/review-order.ts';

const question = (more: Partial<Askable>): Askable => ({ settles: 1, likelihood: 0.5, put: null, ...more });

describe('what an answer is worth', () => {
  it('is the number of faces that it is expected to bring to their person', () => {
    expect(worthOf(question({ settles: 38 }))).toBeCloseTo(38 * worthOf(question({})));
    expect(worthOf(question({ likelihood: 0.9 }))).toBeCloseTo(9 * worthOf(question({ likelihood: 0.1 })));
  });
});

describe('the order of questions', () => {
  it('asks fresh ones by worth, then skipped ones, last the unsure, each the longest ago first', () => {
    const small = question({});
    const unlikely = question({ settles: 10, likelihood: 0.04 });
    const large = question({ settles: 10 });
    const skipped = question({ settles: 100, put: { answer: 'skip', at: 5 } });
    const skippedBefore = question({ put: { answer: 'skip', at: 2 } });
    const unsure = question({ settles: 1000, put: { answer: 'unsure', at: 1 } });
    const ordered = orderQuestions([unsure, skipped, unlikely, small, skippedBefore, large]);
    expect(ordered).toEqual([large, small, unlikely, skippedBefore, skipped, unsure]);
  });
});
