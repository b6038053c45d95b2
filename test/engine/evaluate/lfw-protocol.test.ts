import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { crossValidate } from '../../../app/engine/evaluate/cross-validate.ts';
import { parseLfwPairs } from '../../../app/engine/evaluate/lfw-pairs.ts';
import { countPairs } from '../../../app/engine/evaluate/pair-counts.ts';
import { shared, sharedDir } from '../../fixtures/photos.ts';

test('a fold is judged at the threshold that is best on the others', () => {
  const a = countPairs([0.1, 0.3], [0.5, 0.9]);
  const b = countPairs([0.1, 0.6], [0.8, 0.9]);
  // On a alone the threshold is 0.4: b accepts 1 of 2 and refuses both. On b alone 0.7: a accepts both and 0.5 too.
  expect(crossValidate([a, b])).toEqual({ accuracy: 0.75, std: 0 });
});

test('mean and deviation are over folds, and a fold with one kind of pair only teaches', () => {
  const good = countPairs([0.1], [0.9]);
  const bad = countPairs([0.9], [0.1]);
  const { accuracy, std } = crossValidate([good, good, good, bad]);
  expect(accuracy).toBeCloseTo(3 / 4, 12);
  expect(std).toBeCloseTo(Math.sqrt(3) / 4, 12);
  expect(crossValidate([good, good, countPairs([0.2], [])])).toEqual({ accuracy: 1, std: 0 });
});

test('a single fold is judged at its own best threshold', () => {
  expect(crossValidate([countPairs([0.1, 0.3], [0.2, 0.9])]).accuracy).toBe(0.75);
});

describe('a pairs file', () => {
  test('is read fold by fold', () => {
    const folds = parseLfwPairs('2\t1\nAnna\t1\t2\nAnna\t1\tBen\t3\nCarl\t1\t4\r\nCarl\t1\tDora\t10\n\n');
    expect(folds.map((pairs) => pairs.map((pair) => pair.same))).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(folds[1]?.[1]?.photos).toEqual([
      { name: 'Carl', number: 1 },
      { name: 'Dora', number: 10 },
    ]);
  });

  test('may be of one fold, as the development sets are', () => {
    expect(parseLfwPairs('1\nAnna 1 2\nAnna 1 Ben 3')).toHaveLength(1);
  });

  test.each([
    ['', /line 1/],
    ['ten', /line 1/],
    ['1 1\nAnna 1 2', /promises 2 pairs and the file has 1/],
    ['1 1\nAnna 1 2\nAnna 1 Ben', /line 3/],
    ['1 1\nAnna 0 2\nAnna 1 Ben 3', /line 2/],
    ['1 1\nAnna 1 2\nAnna 1 Ben 3 4', /line 3/],
  ])('that is wrong is refused with the line: %j', (text, message) => {
    expect(() => parseLfwPairs(text)).toThrow(message);
  });

  test.skipIf(!sharedDir)('of LFW has its ten folds', () => {
    const folds = parseLfwPairs(readFileSync(shared('data/lfw-dev-pairs.txt'), 'utf8'));
    expect(folds.map((pairs) => pairs.filter((pair) => pair.same).length)).toEqual(
      Array.from({ length: 10 }, () => 150),
    );
    expect(folds.flat()).toHaveLength(3000);
  });
});
