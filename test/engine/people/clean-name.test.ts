import { describe, expect, it } from 'vitest';

import { cleanName, nameKey } from '../../../app/engine/people/clean-name.ts';

describe('names', () => {
  it('are trimmed, put on one line and composed', () => {
    expect(cleanName('  Anna\r\n\tMaria\u0000\u2028 ')).toBe('Anna Maria');
    expect(cleanName('Ame\u0301lie')).toBe('Am\u00e9lie');
    expect(cleanName(' \n ')).toBe('');
  });

  it('have at most 200 characters as a person counts them', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(cleanName(family.repeat(200))).toBe(family.repeat(200));
    expect(() => cleanName(family.repeat(201))).toThrow(expect.objectContaining({ code: 'bad-name' }));
    expect(() => cleanName('a'.repeat(201))).toThrow(/at most 200/);
  });

  it('are the same whatever their case', () => {
    expect(nameKey('ANNA')).toBe(nameKey('anna'));
    expect(nameKey('Anna')).not.toBe(nameKey('Ana'));
  });
});
