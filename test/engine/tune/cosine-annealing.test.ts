import { expect, it } from 'vitest';

import { cosineAnnealing } from '../../../app/engine/tune/cosine-annealing.ts';

it('the rate begins whole, is half in the middle and ends at nothing', () => {
  expect(cosineAnnealing(0.05, 0, 100)).toBe(0.05);
  expect(cosineAnnealing(0.05, 50, 100)).toBeCloseTo(0.025, 12);
  expect(cosineAnnealing(0.05, 100, 100)).toBeCloseTo(0, 12);
  expect(cosineAnnealing(1, 25, 100)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
});
