import { describe, expect, it } from 'vitest';

import { guessPeople, inDoubt } from '../../../app/engine/tune/guess-people.ts';

const guess = (pairs: number[], distances: number[], named: number[]): number[] => [
  ...guessPeople({ count: named.length, pairs, distances, named: Uint8Array.from(named), tight: 0.5, doubtful: 0.8 }),
];

describe('guessing people', () => {
  it('joins what hangs together by tight pairs, and leaves lone faces alone', () => {
    expect(guess([0, 1, 1, 2, 2, 3], [0.4, 0.5, 0.6], [0, 0, 0, 0])).toEqual([0, 0, 0, -1]);
  });

  it('doubts a whole group of which one face lies near somebody named', () => {
    expect(guess([0, 1, 1, 4, 2, 3], [0.4, 0.7, 0.3], [0, 0, 0, 0, 1])).toEqual([inDoubt, inDoubt, 0, 0, inDoubt]);
  });

  it('does not join faces by way of somebody named', () => {
    expect(guess([0, 1, 1, 2], [0.9, 0.9], [0, 1, 0])).toEqual([-1, inDoubt, -1]);
  });
});
