import { describe, expect, it } from 'vitest';

import { areOfOneTime, looksOf, yearOf } from '../../../app/engine/people/looks.ts';

const day = (year: number): number => Math.floor(Date.UTC(year, 0) / 86_400_000);
const days = (...years: number[]): Map<number, number> => new Map(years.map((year, i) => [i + 1, day(year)]));
const noBirth = new Map<number, number>();
/** Faces 1, 2, 3, … of one person. */
const faces = (count: number, person = 7) =>
  Int32Array.from({ length: 2 * count }, (_, i) => (i % 2 ? person : i / 2 + 1));

describe('the looks of a person', () => {
  it('are one where nothing is dated, or all is of a few years', () => {
    expect(looksOf(faces(3), { dayOf: new Map(), birthOf: noBirth })).toMatchObject({
      keys: Int32Array.of(1, 1, 2, 1, 3, 1),
      looks: [{ person: 7, day: null }],
    });
    // Of the third face nobody knows the day.
    const { keys, looks } = looksOf(faces(3), { dayOf: days(2014, 2016), birthOf: noBirth });
    expect([[...keys].filter((_, i) => i % 2), looks.length, yearOf(looks[0]!.day!)]).toEqual([[1, 1, 1], 1, 2015]);
  });

  it('are several over many years, those without a day apart, of each person their own', () => {
    const some = Int32Array.of(1, 7, 2, 7, 3, 8, 4, 7);
    const { keys, looks } = looksOf(some, { dayOf: days(1993, 2016, 2016), birthOf: noBirth });
    expect(looks.map(({ person, day: at }) => [person, at && yearOf(at)])).toEqual([
      [7, 1993],
      [7, 2016],
      [8, 2016],
      [7, null],
    ]);
    expect(keys).toEqual(Int32Array.of(1, 1, 2, 2, 3, 3, 4, 4));
  });

  it('follow one another sooner in childhood, where the birth is known', () => {
    const born = new Map([[7, day(1990)]]);
    const dayOf = days(1990, 1994);
    expect(looksOf(faces(2), { dayOf, birthOf: noBirth }).looks).toHaveLength(1);
    expect(looksOf(faces(2), { dayOf, birthOf: born }).looks).toHaveLength(2);
  });

  it('of two people are of one time where both have faces enough of the same years', () => {
    const look = (person: number, year: number | null, count: number) => ({
      person,
      day: year === null ? null : day(year),
      faces: count,
    });
    expect(areOfOneTime([look(1, 2014, 1)], [look(2, 2016, 3)], noBirth)).toBe(true);
    expect(areOfOneTime([look(1, 2014, 1)], [look(2, 2016, 2)], noBirth)).toBe(false);
    expect(areOfOneTime([look(1, 1993, 9)], [look(2, 2016, 9), look(2, null, 9)], noBirth)).toBe(false);
  });
});
