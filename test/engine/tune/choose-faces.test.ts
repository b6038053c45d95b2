import { describe, expect, it } from 'vitest';

import type { Candidates } from '../../../app/engine/tune/candidates.ts';
import { chooseFaces } from '../../../app/engine/tune/choose-faces.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';

/** Faces of these people (0: without a name, in these groups), taken a day apart. */
function candidates(people: readonly number[], groups: readonly number[] = people.map(() => 0)): Candidates {
  const numbers = Int32Array.from(people, (_, row) => row + 1);
  return {
    faces: numbers,
    people: Int32Array.from(people),
    groups: Int32Array.from(groups),
    photos: numbers,
    taken: Float64Array.from(people, (_, row) => 86_400_000 * (row + 1)),
  };
}
const choose = (all: Candidates, labelled: number, unnamed: number): number[] =>
  Array.from(chooseFaces(all, { labelled, unnamed }, seededRandom(1)));

describe('choosing faces to learn from', () => {
  it('takes all where there are few', () => {
    expect(choose(candidates([1, 2, 0, 1, 0]), 100, 100)).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves nobody out for somebody who has more, and spreads the rest over the years', () => {
    const people = [...Array<number>(90).fill(1), ...Array<number>(6).fill(2), 3, 3];
    const rows = choose(candidates(people), 20, 0);
    const of = (person: number): number[] => rows.filter((row) => people[row] === person);
    expect([1, 2, 3].map((person) => of(person).length)).toEqual([12, 6, 2]);
    expect(of(1)[0]).toBe(0);
    expect(of(1).at(-1)).toBeGreaterThan(80);
  });

  it('draws whole groups of faces without a name', () => {
    const groups = [...Array<number>(8).fill(1), ...Array<number>(8).fill(2), ...Array<number>(8).fill(3), 0, 0];
    const rows = choose(
      candidates(
        groups.map(() => 0),
        groups,
      ),
      10,
      17,
    );
    expect(rows.length).toBeLessThanOrEqual(17);
    for (const group of [1, 2, 3]) expect([0, 8]).toContain(rows.filter((row) => groups[row] === group).length);
  });
});
