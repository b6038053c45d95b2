import { describe, expect, it } from 'vitest';

import { changedPairs } from '../../../app/engine/tune/changed-pairs.ts';
import type { JudgedPairs } from '../../../app/engine/tune/judged-pairs.ts';
import { part } from '../../../app/engine/tune/split.ts';

type Row = readonly [first: number, second: number, squared: number];

/** Two people of two faces and more; a hundredth of 400 pairs of two people is 4 of those listed. */
function pairsOf(same: readonly Row[], different: readonly Row[], which: number = part.known): JudgedPairs {
  const rows = (pairs: readonly Row[]) => ({
    first: Int32Array.from(pairs, ([first]) => first),
    second: Int32Array.from(pairs, ([, second]) => second),
    squared: Float32Array.from(pairs, ([, , squared]) => squared),
  });
  return {
    same: {
      ...rows(same),
      person: new Int32Array(same.length),
      part: new Uint8Array(same.length).fill(which),
      weight: new Float32Array(same.length).fill(1),
    },
    different: {
      ...rows(different),
      one: new Int32Array(different.length),
      other: new Int32Array(different.length).fill(1),
      unnamed: new Uint8Array(different.length),
    },
    presumed: 0,
    bulk: { mean: 2, reach: 0.1 },
    counts: [{ held: Float64Array.of(20, 20), training: new Float64Array(2), unnamed: new Uint8Array(2) }],
  };
}

/** The threshold is that of the fourth: 1. */
const strangers: readonly Row[] = [
  [0, 20, 0.7],
  [1, 21, 0.8],
  [2, 22, 0.9],
  [3, 23, 1],
  [4, 24, 1.1],
  [5, 25, 1.2],
];

describe('pairs that a head judges otherwise', () => {
  it('are told by whether they are one person and whether they were and are accepted', () => {
    const before = pairsOf(
      [
        [0, 1, 0.5],
        [2, 3, 1.4],
      ],
      strangers,
    );
    const after = pairsOf(
      [
        [2, 3, 0.6],
        [0, 1, 1.3],
      ],
      [
        [5, 25, 0.6],
        [1, 21, 0.8],
        [2, 22, 0.9],
        [3, 23, 1],
        [0, 20, 1.15],
      ],
    );
    const changed = changedPairs(before, after, 0.01, 10);
    const found = changed.map(({ row, other, same, acceptedAfter }) => [row, other, same, acceptedAfter]);
    expect(new Set(found.map(String))).toEqual(
      new Set(['2,3,true,true', '0,1,true,false', '5,25,false,true', '0,20,false,false']),
    );
    expect(changed.every(({ acceptedBefore, acceptedAfter }) => acceptedBefore !== acceptedAfter)).toBe(true);
  });

  it('begin with the clearest, and are a few of each kind', () => {
    const farApart = Array.from({ length: 9 }, (_, i): Row => [i, i + 1, 1.5]);
    const nearer = farApart.map(([first, second], i): Row => [first, second, 0.9 - i * 0.05]);
    const changed = changedPairs(pairsOf(farApart, strangers), pairsOf(nearer.toReversed(), strangers), 0.01, 3);
    expect(changed.map(({ row }) => row)).toEqual([8, 7, 6]);
  });

  it('are told once, though each of the two faces was held out in turn', () => {
    const before = pairsOf(
      [
        [0, 1, 1.4],
        [1, 0, 1.4],
      ],
      strangers,
    );
    const after = pairsOf(
      [
        [1, 0, 0.5],
        [0, 1, 0.7],
      ],
      strangers,
    );
    expect(changedPairs(before, after, 0.01, 10)).toMatchObject([{ row: 1, other: 0 }]);
  });

  it('tell of a pair of two people that fell out of what is measured, and of none that only guesses call one person', () => {
    const after = pairsOf([[0, 1, 0.5]], [...strangers.slice(1, 4), [6, 26, 1], ...strangers.slice(4)], part.stranger);
    const before = pairsOf([[0, 1, 1.5]], strangers, part.stranger);
    const changed = changedPairs(before, after, 0.01, 10);
    expect(changed.map(({ row, acceptedAfter }) => [row, acceptedAfter])).toEqual([
      [0, false],
      [6, true],
    ]);
    expect(changed.some(({ same }) => same)).toBe(false);
  });

  it('tell nothing of a pair of which nobody has a name: that may be one person', () => {
    const [before, after] = [pairsOf([], strangers), pairsOf([], [[6, 26, 0.5], ...strangers])];
    const unnamed = Uint8Array.from(after.different.first, (first) => Number(first === 6));
    const marked = { ...after, different: { ...after.different, unnamed } };
    const rows = (changed: readonly { readonly row: number }[]): number[] => changed.map(({ row }) => row);
    expect(rows(changedPairs(before, after, 0.01, 10))).toContain(6);
    expect(rows(changedPairs(before, marked, 0.01, 10))).not.toContain(6);
  });
});
