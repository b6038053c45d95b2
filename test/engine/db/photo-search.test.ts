import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PersonId } from '../../../app/contract/ids.ts';
import { createPhotoSearch, type PhotoSearch } from '../../../app/engine/db/photo-search.ts';
import { createNameIndex } from '../../../app/engine/search/name-index.ts';
import { parseQuery } from '../../../app/engine/search/parse-query.ts';
import type { QueryNode } from '../../../app/engine/search/query.ts';
import { createRandom, createTestLibrary, type TestLibrary } from '../../factories/library.ts';

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

/** A photo of a small made-up library, as a plain object. */
interface Known {
  readonly id: number;
  readonly people: readonly number[];
  readonly at: number | null;
  readonly words: readonly string[];
}

const day = 864e5;
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.record({
    kind: fc.constant('people' as const),
    people: fc.array(fc.constantFrom(2, 3, 4, 5) as fc.Arbitrary<PersonId>),
  }),
  fc.record({
    kind: fc.constant('only' as const),
    names: fc.array(fc.array(fc.constantFrom(2, 3, 4) as fc.Arbitrary<PersonId>, { maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.tuple(fc.nat(12), fc.nat(12)).map(([a, b]) => ({
    kind: 'taken' as const,
    from: a === 0 ? -Infinity : a * day,
    to: b === 0 ? Infinity : b * day,
  })),
  fc.record({
    kind: fc.constant('text' as const),
    field: fc.constantFrom('path' as const, 'file' as const),
    text: fc.constantFrom('al', 'alpha', 'beta', 'zzz'),
    prefix: fc.boolean(),
  }),
);
const anyTree = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      parts: fc.array(tie('tree'), { maxLength: 3 }),
    }),
  ),
})).tree;

/** Person 5 is hidden, person 6 has no name. */
function holds(node: QueryNode, photo: Known): boolean {
  const shows = (people: readonly number[]): boolean => people.some((person) => photo.people.includes(person));
  switch (node.kind) {
    case 'all':
      return node.parts.every((part) => holds(part, photo));
    case 'any':
      return node.parts.some((part) => holds(part, photo));
    case 'not':
      return !holds(node.part, photo);
    case 'people':
      return shows(node.people);
    case 'only':
      return (
        node.names.every(shows) &&
        photo.people.every((person) => person > 4 || node.names.flat().includes(person as PersonId))
      );
    case 'taken':
      if (node.from === -Infinity && node.to === Infinity) return true;
      return photo.at !== null && photo.at >= node.from && photo.at < node.to;
    case 'text':
      return photo.words.some((word) => (node.prefix ? word.startsWith(node.text) : word === node.text));
  }
}

test('any tree finds the photos of which it holds, newest first', () => {
  const made = createTestLibrary();
  const random = createRandom(3);
  made.person(null);
  for (const name of ['Anna', 'Ben', 'Carl']) made.person(name);
  made.person('Hidden', { hidden: true });
  made.person(null);
  const photos = Array.from({ length: 80 }, (): Known => {
    const people = [2, 3, 4, 5, 6].filter(() => random() < 0.3);
    const at = random() < 0.1 ? null : Math.floor(random() * 14) * day;
    const words = ['alpha', 'beta', 'alps'].filter(() => random() < 0.4);
    const path = `/x/${words.join(' ')}-${Math.floor(random() * 1e9)}.jpg`;
    const taken = at === null ? null : new Date(at).toISOString().slice(0, 10);
    return { id: made.photo({ path, taken, people: people as PersonId[] }), people, at, words };
  });
  const order = photos.toSorted((a, b) => (b.at ?? -1) - (a.at ?? -1) || b.id - a.id);
  const found = createPhotoSearch(made.db.sql);
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect(found.find(tree).map(([id]) => id)).toEqual(
        order.filter((photo) => holds(tree, photo)).map(({ id }) => id),
      );
    }),
    { numRuns: 400, examples: [[{ kind: 'taken', from: -Infinity, to: Infinity }]] },
  );
  made.close();
});
