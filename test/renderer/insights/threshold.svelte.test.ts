import { describe, expect, it, vi } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import type { GroupingDistances, ThresholdPreview } from '../../../app/contract/measures.ts';
import { Threshold } from '../../../renderer/insights/threshold.svelte.ts';
import { Changes } from '../../../renderer/state/changes.svelte.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { action } from '../../factories/people.ts';

const standard = { eps: 0.8, acceptance: 1 };
const preview = (distances: GroupingDistances, groups: number): ThresholdPreview => ({
  distances,
  groups,
  alone: 3,
  doubtful: 2,
  moved: 0,
  peopleTouched: 0,
  merged: 0,
  falsePairs: 1.5,
  falsePairsLow: 0,
  falsePairsHigh: 4,
  bcubed: null,
});

function setUp(fails = false) {
  const library: { current: GroupingDistances } = { current: standard };
  const calibration = () => ({
    current: library.current,
    standard,
    suggested: { eps: 0.7, acceptance: 0.9 },
    basis: '',
  });
  let previews = 0;
  const backend = fakeBackend({
    'insights.calibration': calibration,
    'insights.preview': (distances) => {
      if (fails) throw new Failure('worker-died', 'gone');
      return preview(distances, ++previews);
    },
    'insights.calibrate': ({ distances }) => {
      library.current = distances ?? standard;
      return action('Changed the distances');
    },
    'history.undo': () => {
      library.current = standard;
      return action('Changed the distances');
    },
  });
  const toasts = new Toasts();
  const asked = (): unknown[] =>
    backend.asked.filter(({ name }) => name === 'insights.preview').map(({ input }) => input);
  return { backend, toasts, library, asked, threshold: new Threshold(backend, new Changes(backend, toasts)) };
}

describe('the distances that groups are made by', () => {
  it('begin with those in force, and show what they give', async () => {
    const { threshold } = setUp();
    await threshold.load();
    await vi.waitFor(() => expect(threshold.inForce?.groups).toBe(1));
    expect([threshold.distances, threshold.unchanged]).toEqual([standard, true]);
    threshold.close();
  });

  it('move together in proportion, or apart, in steps that can be felt', async () => {
    const { threshold } = setUp();
    await threshold.load();
    threshold.move('eps', 0.4012);
    expect(threshold.distances).toEqual({ eps: 0.4, acceptance: 0.5 });
    threshold.together = false;
    threshold.move('acceptance', 9);
    expect(threshold.distances).toEqual({ eps: 0.4, acceptance: 2 });
    threshold.move('eps', -1);
    expect(threshold.distances?.eps).toBeGreaterThan(0);
    threshold.close();
  });

  it('are tried once they rest, the newest only', async () => {
    const { threshold, asked } = setUp();
    await threshold.load();
    await vi.waitFor(() => expect(threshold.previewed).toBe(true));
    for (const eps of [0.7, 0.6, 0.5]) threshold.move('eps', eps);
    expect([threshold.trying, threshold.previewed]).toEqual([true, false]);
    await vi.waitFor(() => expect(threshold.previewed).toBe(true));
    expect(asked()).toEqual([standard, { eps: 0.5, acceptance: 0.625 }]);
    threshold.close();
  });

  it('are used only after their preview; undo brings back those before, and shows what they give', async () => {
    const { threshold, library, toasts, backend } = setUp();
    await threshold.load();
    threshold.show({ eps: 0.7, acceptance: 0.9 });
    await threshold.apply();
    expect(library.current).toEqual(standard);
    await vi.waitFor(() => expect(threshold.previewed).toBe(true));
    await threshold.apply();
    expect([library.current, threshold.unchanged]).toEqual([{ eps: 0.7, acceptance: 0.9 }, true]);
    toasts.shown[0]?.action?.run();
    await vi.waitFor(() => expect(library.current).toEqual(standard));
    backend.emit('changed', { subjects: ['tuning'] });
    await vi.waitFor(() => expect(threshold.inForce?.distances).toEqual(standard));
    expect([threshold.distances, threshold.unchanged]).toEqual([standard, true]);
    threshold.close();
  });

  it('go back to the model’s own', async () => {
    const { threshold, library, backend } = setUp();
    library.current = { eps: 0.5, acceptance: 0.6 };
    await threshold.load();
    await threshold.restore();
    expect(backend.asked).toContainEqual({ name: 'insights.calibrate', input: { distances: null } });
    expect(threshold.distances).toEqual(standard);
    threshold.close();
  });

  it('keep what is in force where they cannot be tried, and say why', async () => {
    const { threshold } = setUp(true);
    await threshold.load();
    await vi.waitFor(() => expect(threshold.trying).toBe(false));
    expect([threshold.failure?.code, threshold.previewed, threshold.trying]).toEqual(['worker-died', false, false]);
    threshold.close();
  });
});
