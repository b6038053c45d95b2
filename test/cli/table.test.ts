import { describe, expect, it } from 'vitest';

import { count, table } from '../../app/cli/table.ts';

describe('a table', () => {
  it('has columns of equal width, numbers to the right', () => {
    expect(
      table([
        ['id', 'name'],
        [5, 'Anna'],
        [12, ''],
      ]),
    ).toBe('id  name\n 5  Anna\n12');
  });

  it('lets no name break its lines or command the terminal', () => {
    expect(table([['a\nb\u001b[31m', 1]])).toBe('a\\nb\\u001b[31m  1');
  });

  it('counts in words', () => {
    expect([count(1, 'photo'), count(1240, 'photo'), count(0, 'person', 'people')]).toEqual([
      '1 photo',
      '1,240 photos',
      '0 people',
    ]);
  });
});
