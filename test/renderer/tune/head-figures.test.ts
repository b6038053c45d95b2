import { expect, it } from 'vitest';

import type { FaceId } from '../../../app/contract/ids.ts';
import { comparedOf, outcomesOf, type Example } from '../../../renderer/tune/head-figures.ts';
import { messages } from '../../../renderer/tune/messages.ts';
import { head } from './heads.ts';

const pair = (face: number, same: boolean, before: boolean, after: boolean): Example => ({
  face: face as FaceId,
  other: (face + 100) as FaceId,
  same,
  acceptedBefore: before,
  acceptedAfter: after,
});

it('compares only what was measured both before and after', () => {
  expect(comparedOf(head(1)).map(({ name }) => name)).toEqual(['known', 'unseen', 'everybody']);
});

it('says by how many points a share changed, and of one that did not that it did not', () => {
  expect(comparedOf(head(1)).map(messages.points)).toEqual(['+10', '0', '-5']);
});

it('says which model a version was made for where that is why it cannot be used', () => {
  expect(messages.foreign(head(1, { usable: false }))).toBe('Made for facenet, which is not in use.');
  expect(messages.foreign(head(1))).toBeNull();
  expect(messages.foreign(head(1, { usable: false, state: 'refused' }))).toBeNull();
});

it('shows the pairs that changed sides by what became of them, the bad ones too', () => {
  const outcomes = outcomesOf([
    pair(1, false, false, true),
    pair(2, true, false, true),
    pair(3, true, true, true),
    pair(4, false, true, false),
    pair(5, true, true, false),
    pair(6, true, false, true),
  ]);
  expect(outcomes.map(({ name, pairs }) => [name, pairs.map(({ face }) => face)])).toEqual([
    ['recognised', [2, 6]],
    ['apart', [4]],
    ['missed', [5]],
    ['confused', [1]],
  ]);
});
