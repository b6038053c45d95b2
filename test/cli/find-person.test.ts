import { describe, expect, it } from 'vitest';

import { findPerson } from '../../app/cli/find-person.ts';
import { person } from '../factories/people.ts';

const people = [
  person(1, 'Anna'),
  person(2, 'Zoë'),
  person(3, null),
  person(4, 'Ben'),
  person(5, 'ben'),
  person(6, '1'),
];

describe('the person that a user means', () => {
  it.each([
    ['3', 3],
    ['anna', 1],
    ['ZOE', 2],
    [' Anna ', 1],
    // An id goes before a name that looks like one.
    ['1', 1],
    ['6', 6],
  ])('%j is person %d', (wanted, id) => {
    expect(findPerson(people, wanted).id).toBe(id);
  });

  it('is not guessed where two have the name', () => {
    expect(() => findPerson(people, 'Ben')).toThrow('one of the ids 4, 5');
  });

  it('is not found where nobody has it', () => {
    expect(() => findPerson(people, '7')).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => findPerson(people, '')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
