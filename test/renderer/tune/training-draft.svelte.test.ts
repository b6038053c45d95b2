import { describe, expect, it } from 'vitest';

import { TrainingSettings } from '../../../app/contract/tuning.ts';
import { numberNames, ranges, TrainingDraft } from '../../../renderer/tune/training-draft.svelte.ts';
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

  it('know the ranges of the contract', () => {
    for (const name of numberNames) {
      const { least, most, above } = ranges[name];
      const takes = (value: number): boolean => TrainingSettings.shape[name].safeParse(value).success;
      expect([name, takes(least), takes(least - 1), takes(most), takes(most + 1)]).toEqual([
        name,
        above !== true,
        false,
        true,
        false,
      ]);
    }
  });
});
