import { describe, expect, it } from 'vitest';

import { messages } from '../../../renderer/tune/messages.ts';
import { TrainingDraft } from '../../../renderer/tune/training-draft.svelte.ts';
import { recommended } from './heads.ts';

describe('the settings of the next run', () => {
  it('are as recommended until something is typed, and go along only where they differ', () => {
    const draft = new TrainingDraft(() => recommended);
    expect([draft.text('steps'), draft.text('mining'), draft.changed]).toEqual(['300', 'semi-hard', false]);
    draft.type('steps', '120');
    draft.type('margin', '0,4');
    draft.type('people', '40');
    draft.type('mining', 'hard');
    expect(draft.changes).toEqual({ steps: 120, margin: 0.4, mining: 'hard' });
    draft.reset();
    expect([draft.changes, draft.changed]).toEqual([{}, false]);
  });

  it.each([
    ['steps', ''],
    ['steps', '5'],
    ['steps', '12.5'],
    ['people', 'many'],
    ['margin', '0'],
    ['rate', '-1'],
    ['rate', 'Infinity'],
    ['faces', '51'],
  ] as const)('say of %s that %j is not possible, and keep it from the engine', (name, text) => {
    const draft = new TrainingDraft(() => recommended);
    draft.type(name, text);
    expect([draft.isWrong(name), draft.wrong, draft.changed]).toEqual([true, true, true]);
    expect(draft.changes).toEqual({});
  });

  it('are told with the range that the contract allows', () => {
    expect(messages.settingHint('steps')).toMatch(/^10 to 5,000\. /);
    expect(messages.settingHint('margin')).toMatch(/^Up to 2\. /);
    expect(messages.settingHint('mining')).not.toMatch(/\d/);
  });
});
