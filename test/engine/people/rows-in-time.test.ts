import { describe, expect, it } from 'vitest';

import type { Look } from '../../../app/engine/people/looks.ts';
import { rowsInTime } from '../../../app/engine/people/rows-in-time.ts';

const day = (year: number): number => Math.floor(Date.UTC(year, 0) / 86_400_000);
const look = (year: number | null, faces = 5): Look => ({ person: 7, day: year === null ? null : day(year), faces });
const noBirth = new Map<number, number>();

/** How unit −1 lies to looks 1, 2, …; undefined: too far for a row. */
function near(...distances: (number | undefined)[]) {
  const rows = distances.flatMap((distance, i) => (distance === undefined ? [] : [{ key: i + 1, distance }]));
  const of = <T>(value: (row: { key: number; distance: number }) => T): T[] => rows.map(value);
  const distancesOf = () => Float32Array.from(of(({ distance }) => distance));
  return {
    units: Int32Array.from(of(() => -1)),
    people: Int32Array.from(of(({ key }) => key)),
    faces: Int32Array.from(of(() => 1)),
    nearest: Int32Array.from(of(({ key }) => 10 + key)),
    distances: distancesOf(),
    averages: distancesOf(),
    looks: distancesOf(),
  };
}

describe('the look of a person that counts for a unit', () => {
  it('is the one most alike where nobody knows when the faces are from', () => {
    const rows = rowsInTime(near(1, 0.5), [look(1993), look(2016)], () => undefined, noBirth);
    expect(rows).toMatchObject([{ unit: -1, person: 7, nearest: 12, look: 0.5, otherDay: null }]);
  });

  it('is that of the same years, however alike another is, and none where that one is too far', () => {
    const looks = [look(1993), look(2016)];
    const in2018 = () => day(2018);
    expect(rowsInTime(near(0.5, 1), looks, in2018, noBirth)).toMatchObject([{ nearest: 12, otherDay: null }]);
    expect(rowsInTime(near(0.5, undefined), looks, in2018, noBirth)).toEqual([]);
  });

  it('is the one most alike of other years where too little is known of the same', () => {
    const looks = [look(1993), look(2016, 2), look(null)];
    expect(rowsInTime(near(0.5, 1, 1), looks, () => day(2018), noBirth)).toMatchObject([
      { nearest: 11, otherDay: day(1993) },
    ]);
    // It is of the same years after all.
    expect(rowsInTime(near(1, 0.5, 1), looks, () => day(2018), noBirth)).toMatchObject([
      { nearest: 12, otherDay: null },
    ]);
    // Nobody knows either when the look is from.
    expect(rowsInTime(near(1, 1, 0.5), looks, () => day(2018), noBirth)).toMatchObject([
      { nearest: 13, otherDay: null },
    ]);
  });

  it('is none before the birth', () => {
    const born = new Map([[7, day(1990)]]);
    expect(rowsInTime(near(0.5), [look(1993)], () => day(1989), born)).toEqual([]);
    expect(rowsInTime(near(0.5), [look(1993)], () => day(1993), born)).toHaveLength(1);
  });
});
