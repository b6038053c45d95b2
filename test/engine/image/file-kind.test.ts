import { expect, it } from 'vitest';

import { fileKind } from '../../../app/engine/image/file-kind.ts';

it.each([
  ['ffd8ffe1', 'image/jpeg'],
  ['89504e470d0a1a0a', 'image/png'],
  ['524946460000000057454250', 'image/webp'],
  ['474946383961', 'image/gif'],
  ['424d36000000000000003600', 'image/bmp'],
  ['49492a0008000000', 'image/tiff'],
  ['000000186674797068656963', 'image/heic'],
  ['000000206674797061766966', 'image/avif'],
  ['00000018667479706d703432', 'video/mp4'],
  ['ff0a', 'image/jxl'],
  [Buffer.from('BMW is a car').toString('hex'), null],
  [Buffer.from('RIFF....WAVE').toString('hex'), null],
  ['', null],
])('tells %s as %s', (hex, kind) => {
  expect(fileKind(Buffer.from(hex, 'hex'))).toBe(kind);
});
