import { describe, expect, it } from 'vitest';

import { createWatch, type Trouble } from '../../../app/engine/tune/watch.ts';

const settings = { window: 5, fall: 0.02, collapse: 0.2, active: 0.05 };

function seen(steps: number, of: (step: number) => { loss?: number; active?: number; spread?: number }): Trouble[] {
  const look = createWatch(settings);
  return Array.from({ length: steps }, (_, step) =>
    look({ step, loss: 1, active: 0.5, spread: 1, ...of(step) }),
  ).filter((trouble) => trouble !== undefined);
}

describe('the watch on a training', () => {
  it('is content with a loss that falls', () => {
    expect(seen(40, (step) => ({ loss: 1 / (1 + step) }))).toEqual([]);
  });

  it('sees a loss that stays flat, once a second window is full', () => {
    expect(seen(9, () => ({}))).toEqual([]);
    expect(seen(10, () => ({}))).toEqual(['flat']);
  });

  it('takes a loss for flat only while there is something to learn', () => {
    expect(seen(5, () => ({ active: 0.04 }))).toEqual(['no-triplets']);
    expect(seen(10, (step) => ({ active: step < 5 ? 0.5 : 0.01 }))).toEqual([]);
  });

  it('sees at once that all faces fall together', () => {
    expect(seen(3, (step) => ({ spread: step < 2 ? 1.4 : 0.2 }))).toEqual(['collapse']);
  });

  it('sees at once what is no number', () => {
    expect(seen(1, () => ({ loss: NaN }))).toEqual(['not-a-number']);
    expect(seen(1, () => ({ spread: Infinity }))).toEqual(['not-a-number']);
  });
});
