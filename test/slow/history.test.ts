import fc from 'fast-check';
import { expect, it } from 'vitest';

import { agreeOn, anyStep } from '../engine/history/steps.ts';

/** `SEED` and `RUNS` make a run again, or a longer one. */
const seed = Number(process.env['SEED'] ?? 1);
const numRuns = Number(process.env['RUNS'] ?? 1000);

it('keeps every fact as a plain model says, through long sequences', { timeout: 3_600_000 }, async () => {
  let steps = 0;
  const property = fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 80 }), async (sequence) => {
    steps += sequence.length;
    await agreeOn(sequence);
  });
  await fc.assert(property, { seed, numRuns });
  console.info(`${numRuns} sequences, ${steps} steps, seed ${seed}`);
  expect(steps).toBeGreaterThan(20 * numRuns);
});
