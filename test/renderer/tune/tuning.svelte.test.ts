import { describe, expect, it } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import type { TuningState } from '../../../app/contract/tuning.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { Tuning } from '../../../renderer/tune/tuning.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { head, run, tuningState } from './heads.ts';

function setUp(first: TuningState = tuningState()) {
  const library = { state: first };
  const backend = fakeBackend({
    'tune.state': () => library.state,
    'tune.start': () => {
      library.state = { ...library.state, run: run(0) };
      return {};
    },
    'tune.use': ({ head: id }) => {
      const heads = library.state.heads.map((each) => ({ ...each, active: each.id === id }));
      library.state = { ...library.state, heads };
      return {};
    },
    'tune.decline': () => ({}),
  });
  const toasts = new Toasts();
  return { backend, toasts, library, tuning: new Tuning(backend, toasts) };
}
const settled = (): Promise<void> => new Promise((wake) => setTimeout(wake, 5));

describe('what is learnt', () => {
  it('shows a run from its start, follows its events, and asks for the outcome when it has ended', async () => {
    const { backend, library, tuning } = setUp();
    await tuning.start({ steps: 50 });
    expect(backend.asked).toContainEqual({ name: 'tune.start', input: { settings: { steps: 50 } } });
    expect(tuning.run?.step).toBe(0);
    backend.emit('tuning', { run: run(7) });
    expect(tuning.run?.step).toBe(7);
    library.state = tuningState({ heads: [head(1)] });
    backend.emit('tuning', { run: null });
    expect(tuning.run).toBeNull();
    await settled();
    expect([tuning.run, tuning.waiting?.id]).toEqual([null, 1]);
    tuning.close();
  });

  it('takes an event for newer than what was asked for before, and what is asked for after for newer still', async () => {
    const { backend, library, tuning } = setUp(tuningState({ run: run(1) }));
    await tuning.state.refresh();
    backend.emit('tuning', { run: run(9) });
    expect(tuning.run?.step).toBe(9);
    library.state = tuningState({ run: run(12, { state: 'paused' }) });
    await tuning.state.refresh();
    expect(tuning.run?.state).toBe('paused');
    tuning.close();
  });

  it('uses a version and offers the way back to the one before', async () => {
    const { tuning, toasts } = setUp(tuningState({ heads: [head(2), head(1, { state: 'adopted', active: true })] }));
    await tuning.state.refresh();
    await tuning.use(head(2).id);
    expect(tuning.active?.id).toBe(2);
    expect(toasts.shown.map(({ action }) => action?.label)).toEqual(['Undo']);
    toasts.shown[0]?.action?.run();
    await settled();
    expect(tuning.active?.id).toBe(1);
    tuning.close();
  });

  it('goes back to the model alone in one step', async () => {
    const { tuning } = setUp(tuningState({ heads: [head(1, { state: 'adopted', active: true })] }));
    await tuning.state.refresh();
    await tuning.use(null);
    expect(tuning.active).toBeNull();
    tuning.close();
  });

  it('tells why something was not done, and takes one click at a time', async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const backend = fakeBackend({ 'tune.state': () => tuningState(), 'tune.start': () => promise });
    const toasts = new Toasts();
    const tuning = new Tuning(backend, toasts);
    const started = tuning.start({});
    expect(await tuning.start({})).toBe(false);
    reject(new Failure('bad-request', 'too little is known; name more people'));
    expect(await started).toBe(false);
    expect(toasts.shown.map(({ text }) => text)).toEqual(['Too little is known. Name more people.']);
    expect([tuning.busy, backend.asked.filter(({ name }) => name === 'tune.start').length]).toEqual([false, 1]);
    tuning.close();
  });

  it('offers only what can be used, and tells of a last run that led to nothing', async () => {
    const { tuning, library } = setUp(tuningState({ heads: [head(3, { usable: false }), head(2)] }));
    await tuning.state.refresh();
    expect([tuning.waiting?.id, tuning.refused]).toEqual([2, null]);
    library.state = tuningState({ heads: [head(4, { state: 'refused', verdict: 'no-better' }), head(1)] });
    await tuning.state.refresh();
    expect(tuning.refused?.id).toBe(4);
    tuning.close();
  });
});
