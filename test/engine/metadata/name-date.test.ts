import { expect, it } from 'vitest';

import { nameDate } from '../../../app/engine/metadata/name-date.ts';

const iso = (name: string): string | null => {
  const date = nameDate(name);
  return date === null ? null : new Date(date).toISOString().slice(0, 19);
};

it.each([
  ['IMG_20190812_143015.jpg', '2019-08-12T14:30:15'],
  ['PXL_20210102_030405123.jpg', '2021-01-02T03:04:05'],
  ['20190812143015.jpg', '2019-08-12T14:30:15'],
  ['IMG-20190812-WA0001.jpg', '2019-08-12T00:00:00'],
  ['Screenshot_20190812-143015.png', '2019-08-12T14:30:15'],
  ['Screen Shot 2019-08-12 at 14.30.15.png', '2019-08-12T14:30:15'],
  ['2019-08-12 14.30.15.jpg', '2019-08-12T14:30:15'],
  ['signal-2019-08-12-143015.jpg', '2019-08-12T14:30:15'],
  ['2019-08-12 birthday.jpg', '2019-08-12T00:00:00'],
  ['2019_08_12.jpg', '2019-08-12T00:00:00'],
])('reads %s', (name, date) => {
  expect(iso(name)).toBe(date);
});

it.each(['DSC_0001.jpg', 'IMG_20191350.jpg', '2019-02-30.jpg', 'Aaron_Peirsol_0001.jpg', '120190812.jpg', '2019.jpg'])(
  'finds no date in %s',
  (name) => {
    expect(iso(name)).toBeNull();
  },
);
