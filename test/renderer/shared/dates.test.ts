import { describe, expect, it } from 'vitest';

import { age, ageInMonth, duration, monthName, yearOf, years } from '../../../renderer/shared/dates.ts';

describe('dates in words', () => {
  it('names a month as the camera saw it, whatever the time zone', () => {
    expect(monthName('2019-08')).toBe(
      new Date(Date.UTC(2019, 7, 15)).toLocaleDateString(undefined, {
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      }),
    );
    expect(monthName('unknown')).toBe('No date');
  });

  it('knows the year of a month', () => {
    expect([yearOf('2019-08'), yearOf('unknown')]).toEqual(['2019', null]);
  });

  it('says over which years a person was seen', () => {
    const now = Date.UTC(2026, 5, 1);
    expect(years(Date.UTC(2009, 1), Date.UTC(2026, 1), now)).toBe('2009 to today');
    expect(years(Date.UTC(2009, 1), Date.UTC(2015, 1), now)).toBe('2009 to 2015');
    expect(years(Date.UTC(2015, 1), Date.UTC(2015, 9), now)).toBe('2015');
    expect(years(null, null, now)).toBeNull();
  });

  it.each([
    [3, 'a few seconds'],
    [42, 'about 50 s'],
    [540, 'about 9 min'],
    [9000, 'about 2.5 h'],
  ])('says of %i seconds: %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});

describe('an age', () => {
  const birth = Date.UTC(2012, 4, 17);
  const at = (year: number, month: number, day: number) => age(birth, Date.UTC(year, month - 1, day, 12));

  it('is said in years from the second birthday on, in months before', () => {
    expect([at(2019, 5, 16), at(2019, 5, 17)]).toEqual(['6 years', '7 years']);
    expect([at(2014, 5, 16), at(2014, 5, 17)]).toEqual(['23 months', '2 years']);
    expect([at(2012, 6, 16), at(2012, 6, 17)]).toEqual(['newborn', '1 month']);
    expect(at(2112, 5, 17)).toBe('100 years');
  });

  it('is none before the birth, nor in a month without a date', () => {
    expect(at(2012, 5, 16)).toBeNull();
    expect([ageInMonth(birth, '2019-08'), ageInMonth(birth, 'unknown'), ageInMonth(birth, 'match')]).toEqual([
      '7 years',
      null,
      null,
    ]);
  });
});
