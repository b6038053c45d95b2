import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const undo = { label: 'Undo', run: () => undefined };
const texts = (toasts: Toasts) => toasts.shown.map(({ text }) => text);

describe('a toast', () => {
  it('stays for eight seconds', () => {
    const toasts = new Toasts();
    toasts.show('change', 'Named Anna', undo);
    vi.advanceTimersByTime(7900);
    expect(texts(toasts)).toEqual(['Named Anna']);
    vi.advanceTimersByTime(200);
    expect(texts(toasts)).toEqual([]);
  });

  it('stays while it is pointed at', () => {
    const toasts = new Toasts();
    toasts.show('change', 'Named Anna', undo);
    toasts.hold(toasts.shown[0]!.id);
    vi.advanceTimersByTime(60_000);
    expect(texts(toasts)).toEqual(['Named Anna']);
    toasts.release(toasts.shown[0]!.id);
    vi.advanceTimersByTime(8100);
    expect(texts(toasts)).toEqual([]);
  });

  it('of a change replaces that of the change before, so that Undo takes back the last one', () => {
    const toasts = new Toasts();
    toasts.show('note', 'Added 3 photos.');
    toasts.show('change', 'Named Anna', undo);
    toasts.show('change', 'Named Ben', undo);
    expect(texts(toasts)).toEqual(['Added 3 photos.', 'Named Ben']);
  });

  it('is not shown for what the user stopped', () => {
    const toasts = new Toasts();
    toasts.fail(new Failure('cancelled', 'cancelled'));
    expect(toasts.shown).toEqual([]);
  });

  it('says in plain words what failed', () => {
    const toasts = new Toasts();
    toasts.fail(new Failure('disk-full', 'ENOSPC: write'));
    expect(texts(toasts)[0]).toMatch(/^The disk is full\./);
  });

  it('never covers the page: three at most', () => {
    const toasts = new Toasts();
    for (const n of [1, 2, 3, 4]) toasts.show('note', `note ${n}`);
    expect(texts(toasts)).toEqual(['note 2', 'note 3', 'note 4']);
  });
});
