import { expect, it } from 'vitest';

import { describeDrop } from '../../../renderer/import/describe-drop.ts';

const photo = { kind: 'file', type: 'image/jpeg' };
const folder = { kind: 'file', type: '' };

it.each([
  [[photo], '1 photo'],
  [[folder, folder, folder], '3 folders'],
  [[folder, photo, photo], '1 folder and 2 photos'],
  [[{ kind: 'file', type: 'text/plain' }], 'these photos'],
  [[{ kind: 'string', type: 'text/uri-list' }], 'these photos'],
])('says what is dragged: %o', (items, words) => {
  expect(describeDrop(items)).toBe(words);
});
