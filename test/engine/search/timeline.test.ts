import { expect, test } from 'vitest';

import { createGrowing } from '../../../app/engine/search/growing.ts';
import { listEverything, toTimeline } from '../../../app/engine/search/timeline.ts';

interface Row {
  readonly id: number;
  readonly date: string | null;
  readonly ratio: number;
}
const row = (id: number, date: string | null, ratio = 1.333): Row => ({ id, date, ratio });

function timelineOf(rows: readonly Row[]) {
  const takenAt = createGrowing((length) => new Float64Array(length), NaN);
  const ratios = createGrowing((length) => new Uint32Array(length));
  for (const { id, date, ratio } of rows) {
    takenAt.set(id, date === null ? NaN : Date.parse(date));
    ratios.set(id, Math.round(ratio * 1000));
  }
  return toTimeline(listEverything({ order: Int32Array.from(rows, ({ id }) => id), takenAt, ratio: ratios }));
}

test('photos are parted at the turn of the month, to the millisecond', () => {
  const timeline = timelineOf([
    row(9, '2020-01-01T00:00:00.000Z'),
    row(8, '2019-12-31T23:59:59.999Z'),
    row(7, '2019-12-01T00:00:00.000Z'),
    row(6, '2019-11-30T23:59:59.999Z'),
    row(5, '1969-12-31T23:59:59Z'),
    row(4, '1899-02-01T00:00:00Z'),
    row(3, null),
    row(2, null),
  ]);
  expect(timeline.total).toBe(8);
  expect(timeline.months.map(({ month, ids }) => [month, Array.from(ids)])).toEqual([
    ['2020-01', [9]],
    ['2019-12', [8, 7]],
    ['2019-11', [6]],
    ['1969-12', [5]],
    ['1899-02', [4]],
    ['unknown', [3, 2]],
  ]);
});

test('a ratio is exact to a thousandth, and an empty result has no months', () => {
  expect(timelineOf([row(1, null, 20_000 / 3001)]).months[0]?.ratios[0]).toBe(6.664);
  expect(timelineOf([])).toEqual({ total: 0, months: [] });
});
