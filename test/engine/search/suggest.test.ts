import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createNameIndex, type NamedPerson } from '../../../app/engine/search/name-index.ts';
import { suggest } from '../../../app/engine/search/suggest.ts';
import { person } from '../../factories/people.ts';

const people = ['Anna', 'Anna Maria', 'Ben', 'Annabel', 'Ben', 'Mary-Ann "M"'].map((name, i) => person(i + 1, name));
const source = {
  people: () => people,
  names: () => createNameIndex(people as NamedPerson[]),
  months: () => ['2020-01', '2019-08', '2019-06', 'unknown'],
  saved: () => [{ query: 'person:3 2019', text: 'Ben 2019' }],
  foldersWith: (word: string) =>
    'italy'.startsWith(word) ? ['/photos/Italy', '/photos/North Italy/Rome', 'C:\\Italy'] : [],
};
const after = (query: string, cursor = query.length): string[] =>
  suggest(query, cursor, source).map((found) => found.query);

test('a name is completed, in quotes where it has several words', () => {
  expect(after('an')).toEqual(['Anna ', '"Anna Maria" ', 'Annabel ', '"Mary-Ann  M " ']);
  expect(after('2019 -annab')).toEqual(['2019 -Annabel ']);
});

test('of two people of one name the id is taken', () => {
  expect(after('be')).toEqual(['person:3 ', 'person:5 ']);
});

test('words before the cursor belong to the name where they fit', () => {
  expect(after('anna m')).toEqual(['"Anna Maria" ']);
  expect(after('2019 ann')[0]).toBe('2019 Anna ');
});

test('the word at the cursor is replaced, the rest stays', () => {
  expect(after('annab 2019', 5)).toEqual(['Annabel 2019']);
  expect(after('x  2019', 2)).toHaveLength(6);
});

test('a name in a list is completed for itself', () => {
  expect(after('only:anna,annab')).toEqual(['only:anna,Annabel ']);
  expect(after('only:annab,anna', 10)).toEqual(['only:Annabel,anna']);
});

test('dates are those that have photos', () => {
  expect(after('20')).toEqual(['2020 ', '2019 ']);
  expect(after('2019-0')).toEqual(['2019-08 ', '2019-06 ']);
});

test('folders are offered by name', () => {
  expect(after('ital')).toEqual(['folder:Italy ']);
  expect(after('folder:ital')).toEqual(['folder:Italy ']);
});

test('an empty field offers what was saved, then the people with the most photos', () => {
  expect(after('')).toHaveLength(7);
  expect(suggest('', 0, source)[0]).toMatchObject({ kind: 'saved', text: 'Ben 2019', query: 'person:3 2019 ' });
});

test('any text and cursor will do, and the text before the word is kept', () => {
  const query = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom('an', ' ', '"', 'only:', ',', '-', 'ital', '20')).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(query, fc.nat(30), (text, cursor) => {
      for (const found of suggest(text, cursor, source)) expect(found.query).not.toBe('');
    }),
    { numRuns: 1000 },
  );
});
