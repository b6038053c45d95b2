import { describe, expect, it } from 'vitest';

import { canMatch, sortQuery } from '../../../renderer/search/sort-query.ts';

const chip = (kind: 'person' | 'sort' | 'date', from: number, to: number, negated = false) => ({
  kind,
  from,
  to,
  negated,
});

describe('the order of a search', () => {
  it('is said at the end of the query, once', () => {
    const chips = [chip('person', 0, 4), chip('sort', 5, 14)];
    expect(sortQuery('anna', [chip('person', 0, 4)], 'match')).toBe('anna sort:match');
    expect(sortQuery('anna sort:time 2019', chips, 'match')).toBe('anna 2019 sort:match');
  });

  it('by time needs no word', () => {
    expect(sortQuery('anna sort:match', [chip('person', 0, 4), chip('sort', 5, 15)], 'time')).toBe('anna');
    const twice = [chip('sort', 0, 10), chip('person', 11, 15), chip('sort', 16, 25)];
    expect(sortQuery('sort:match anna sort:time', twice, 'time')).toBe('anna');
  });

  it('can be by match only where somebody is asked for', () => {
    expect(canMatch([chip('date', 0, 4), chip('person', 5, 9)])).toBe(true);
    expect(canMatch([chip('date', 0, 4), chip('person', 5, 10, true)])).toBe(false);
  });
});
