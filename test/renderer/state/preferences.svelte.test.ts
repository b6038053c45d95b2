import { describe, expect, it } from 'vitest';

import { Preferences } from '../../../renderer/state/preferences.svelte.ts';

function keeper(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}

describe('preferences', () => {
  it('are there again the next time', () => {
    const store = keeper();
    const before = new Preferences(store);
    before.setTheme('dark');
    before.resize(1);
    const after = new Preferences(store);
    expect([after.theme, after.photoSize]).toEqual(['dark', 2]);
  });

  it.each(['{', 'null', '[]', '{"theme":"pink","photoSize":99}'])('fall back to the defaults for %s', (text) => {
    const preferences = new Preferences(keeper(text));
    expect([preferences.theme, preferences.photoSize]).toEqual(['system', 1]);
  });

  it('stop at the smallest and the largest size', () => {
    const preferences = new Preferences(keeper());
    for (let i = 0; i < 5; i++) preferences.resize(-1);
    expect(preferences.rowHeight).toBe(128);
    for (let i = 0; i < 9; i++) preferences.resize(1);
    expect(preferences.rowHeight).toBe(300);
  });
});
