import { describe, expect, it } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import { Changes } from '../../../renderer/state/changes.svelte.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { action } from '../../factories/people.ts';

function setUp(answers: Parameters<typeof fakeBackend>[0]) {
  const toasts = new Toasts();
  return { toasts, changes: new Changes(fakeBackend(answers), toasts) };
}

describe('a change', () => {
  it('is told with a way back', async () => {
    const { changes, toasts } = setUp({ 'history.undo': () => action('Named Anna') });
    await changes.make(() => Promise.resolve(action('Named Anna')));
    expect(toasts.shown[0]).toMatchObject({ text: 'Named Anna', action: { label: 'Undo' } });
    toasts.shown[0]!.action!.run();
    await expect.poll(() => toasts.shown.map(({ text }) => text)).toEqual(['Undone: Named Anna']);
    expect(toasts.shown[0]!.action!.label).toBe('Redo');
  });

  it('that overrules something said before says so', async () => {
    const { changes, toasts } = setUp({});
    await changes.make(() => Promise.resolve({ ...action('Merged Ben into Anna'), overruled: 2 }));
    expect(toasts.shown[0]!.text).toBe('Merged Ben into Anna. 2 earlier corrections no longer hold: see People.');
  });

  it('that fails is told, not thrown', async () => {
    const { changes, toasts } = setUp({});
    expect(await changes.make(() => Promise.reject(new Failure('disk-full', 'x')))).toBe(false);
    expect(toasts.shown[0]!.tone).toBe('failure');
  });

  it('that cannot be undone says that there is nothing to undo', async () => {
    const { changes, toasts } = setUp({
      'history.undo': () => {
        throw new Failure('nothing-to-undo', 'x');
      },
    });
    await changes.undo();
    expect(toasts.shown[0]!.text).toMatch(/nothing to undo/);
  });
});
