import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PersonId } from '../../../app/contract/ids.ts';
import { createPhotoSearch, type PhotoSearch } from '../../../app/engine/db/photo-search.ts';
import { createNameIndex } from '../../../app/engine/search/name-index.ts';
import { parseQuery } from '../../../app/engine/search/parse-query.ts';
import type { QueryNode } from '../../../app/engine/search/query.ts';
import { createTestLibrary, type TestLibrary } from '../../factories/library.ts';

let library: TestLibrary;
let search: PhotoSearch;
beforeAll(() => {
  library = createTestLibrary();
  search = createPhotoSearch(library.db.sql);
  const anna = library.person('Anna');
  for (let i = 0; i < 20; i++) library.photo({ people: i % 2 ? [anna] : [] });
});
afterAll(() => library.close());

const people: QueryNode = { kind: 'people', people: [1 as PersonId] };
const everything: QueryNode = { kind: 'all', parts: [] };

test('the whole library is one pass over a covering index, in its order', () => {
  expect(search.explain(everything)).toEqual(['SCAN photo USING COVERING INDEX photo_taken']);
});

test('a span of time is a search in the same index', () => {
  const plan = search.explain({ kind: 'taken', from: 0, to: 1 });
  expect(plan).toEqual([
    expect.stringMatching(/^SEARCH photo USING COVERING INDEX photo_taken \(taken_at>\? AND taken_at<\?\)/),
  ]);
});

test('people are found by the index of their faces, and nothing is scanned', () => {
  const plan = search.explain({ kind: 'all', parts: [people] });
  expect(plan).toContainEqual(expect.stringMatching(/SEARCH photo USING INTEGER PRIMARY KEY/));
  expect(plan).toContainEqual(expect.stringMatching(/SEARCH face USING COVERING INDEX face_person \(person_id=\?/));
  expect(plan).not.toContainEqual(expect.stringMatching(/SCAN (photo|face)\b/));
});

test('who else is in a photo is looked up by photo', () => {
  const plan = search.explain({ kind: 'only', names: [[1 as PersonId]] });
  expect(plan).toContainEqual(expect.stringMatching(/SEARCH face USING INDEX face_photo \(photo_id=\?\)/));
  expect(plan).not.toContainEqual(expect.stringMatching(/SCAN (photo|face)\b/));
});

test('whatever is typed, the search runs', () => {
  const names = createNameIndex([{ id: 1 as PersonId, name: 'Anna' }]);
  const pieces = [
    'anna',
    'img',
    ' ',
    '"',
    '-',
    'or ',
    'only:',
    'folder:',
    'file:',
    ',',
    '2019',
    '*',
    '^',
    '(',
    ')',
    'NEAR',
    ' AND ',
    ':',
    '\0',
    '🐶',
    '%',
    "'",
    '\u{1e030}',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (query) => {
      expect(Array.isArray(search.find(parseQuery(query, names).tree))).toBe(true);
    }),
    { numRuns: 1500 },
  );
});
