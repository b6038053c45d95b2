import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PersonId } from '../../../app/contract/ids.ts';
import { createNameIndex } from '../../../app/engine/search/name-index.ts';
import { parseQuery } from '../../../app/engine/search/parse-query.ts';
import type { PhotoSearch } from '../../../app/engine/search/photo-search.ts';
import type { QueryNode } from '../../../app/engine/search/query.ts';
import { createRandom, createTestLibrary, type TestLibrary } from '../../factories/library.ts';
import { createTestSearch, queryText } from '../../factories/search.ts';

let library: TestLibrary;
let search: PhotoSearch;
beforeAll(() => {
  library = createTestLibrary();
  search = createTestSearch(library.db.sql);
  const anna = library.person('Anna');
  for (let i = 0; i < 20; i++) library.photo({ people: i % 2 ? [anna] : [] });
});
afterAll(() => library.close());

test('whatever is typed, the search runs', () => {
  const names = createNameIndex([{ id: 1 as PersonId, name: 'Anna' }]);
  fc.assert(
    fc.property(queryText, (query) => {
      expect(search.find(parseQuery(query, names).tree).ids).toBeInstanceOf(Int32Array);
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
  readonly camera: string | null;
  readonly favourite: boolean;
  /** Faces of nobody. */
  readonly nobodies: number;
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
  fc.array(fc.nat(12), { maxLength: 3 }).map((days) => ({
    kind: 'takenIn' as const,
    spans: days.map((first) => ({ from: first * day, to: (first + 2) * day })),
  })),
  fc.tuple(fc.nat(4), fc.nat(3)).map(([from, more]) => ({
    kind: 'faces' as const,
    from,
    to: more === 3 ? Infinity : from + more,
  })),
  fc.constant({ kind: 'unnamed' as const }),
  fc.constant({ kind: 'favourite' as const }),
  fc.record({ kind: fc.constant('camera' as const), text: fc.constantFrom('CANON', 'eos', 'x%', 'a') }),
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

const facesIn = ({ people, nobodies }: Known): number => people.length + nobodies;

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
    case 'takenIn':
      return node.spans.some(({ from, to }) => photo.at !== null && photo.at >= from && photo.at < to);
    case 'faces':
      return node.from <= facesIn(photo) && facesIn(photo) <= node.to;
    case 'unnamed':
      return photo.nobodies > 0 || photo.people.includes(6);
    case 'favourite':
      return photo.favourite;
    case 'camera':
      return photo.camera?.toLowerCase().includes(node.text.toLowerCase()) ?? false;
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
    const camera = [null, 'Canon EOS 5D', 'Fuji X100'][Math.floor(random() * 3)] ?? null;
    const nobodies = random() < 0.2 ? 1 : 0;
    const shown = [...people, ...Array.from({ length: nobodies }, () => null)] as (PersonId | null)[];
    const id = made.photo({ path, taken, camera, people: shown });
    const favourite = random() < 0.2;
    if (favourite) made.db.sql.prepare('INSERT INTO favourite VALUES (?)').run(id);
    // A face that is gone counts for nothing.
    if (random() < 0.2) made.face({ photo: id, gone: true });
    return { id, people, at, words, camera, favourite, nobodies };
  });
  const order = photos.toSorted((a, b) => (b.at ?? -1) - (a.at ?? -1) || b.id - a.id);
  const found = createTestSearch(made.db.sql);
  fc.assert(
    fc.property(anyTree, (tree) => {
      expect([...found.find(tree).ids]).toEqual(order.filter((photo) => holds(tree, photo)).map(({ id }) => id));
    }),
    { numRuns: 400, examples: [[{ kind: 'taken', from: -Infinity, to: Infinity }]] },
  );
  made.close();
});

test('what is written after the first search is found as if everything were read anew', async () => {
  const made = createTestLibrary();
  const { sql } = made.db;
  const random = createRandom(7);
  const upTo = (count: number): number => Math.floor(random() * count);
  const people = [null, made.person('Anna'), made.person('Ben'), made.person(null)];
  const add = (): void => {
    const taken = upTo(4) === 0 ? null : `2019-0${1 + upTo(9)}-01`;
    const path = `/x/${['alpha', 'beta'][upTo(2)]}-${random()}.jpg`;
    made.photo({ path, taken, camera: [null, 'Canon', 'Fuji'][upTo(3)] ?? null, people: [people[upTo(4)] ?? null] });
  };
  for (let i = 0; i < 30; i++) add();
  const kept = createTestSearch(sql);
  await kept.columns.load();
  const writes: readonly (() => void)[] = [
    add,
    () => sql.prepare('UPDATE photo SET taken_at = ? WHERE id = ?').run(upTo(3) ? upTo(1e9) : null, 1 + upTo(30)),
    () => sql.prepare('UPDATE photo SET camera = ?, width = ? WHERE id = ?').run('Leica', 1 + upTo(500), 1 + upTo(30)),
    () => made.show([1 + upTo(30)], people[upTo(4)] ?? null),
    () => sql.prepare('UPDATE part SET person_id = ? WHERE id = ?').run(people[upTo(4)] ?? null, 1 + upTo(4)),
    () => sql.prepare('UPDATE face_row SET gone = 1 - gone WHERE id = ?').run(1 + upTo(30)),
    () => sql.prepare('INSERT OR IGNORE INTO not_person SELECT id FROM face WHERE id = ?').run(1 + upTo(30)),
    () => sql.prepare('DELETE FROM photo WHERE id = ?').run(1 + upTo(40)),
    () => sql.prepare('UPDATE person SET hidden = 1 - hidden WHERE id = ?').run(1 + upTo(3)),
    () => {
      const id = 1 + upTo(30);
      if (sql.prepare('UPDATE photo SET path = ? WHERE id = ?').run(`/x/gamma-${random()}.jpg`, id).changes === 0)
        return;
      sql.prepare('DELETE FROM photo_text WHERE rowid = ?').run(id);
      sql.prepare("INSERT INTO photo_text (rowid, folder, name) VALUES (?, '/x', 'gamma.jpg')").run(id);
    },
    () => {
      // Taken back: as if it had never been.
      sql.exec('BEGIN');
      add();
      sql.prepare('UPDATE part SET person_id = NULL').run();
      sql.prepare('UPDATE face_row SET part_id = NULL').run();
      sql.exec('ROLLBACK');
    },
  ];
  const queries: readonly QueryNode[] = [
    { kind: 'all', parts: [] },
    { kind: 'people', people: [1 as PersonId] },
    { kind: 'only', names: [[2 as PersonId]] },
    { kind: 'unnamed' },
    { kind: 'faces', from: 1, to: 1 },
    { kind: 'camera', text: 'ica' },
    { kind: 'taken', from: Date.UTC(2019, 3), to: Infinity },
    { kind: 'text', field: 'path', text: 'alp', prefix: true },
    { kind: 'text', field: 'file', text: 'gamma', prefix: true },
  ];
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i <= upTo(3); i++) writes[upTo(writes.length)]?.();
    const anew = createTestSearch(sql);
    for (const query of queries) expect(kept.find(query)).toEqual(anew.find(query));
  }
  made.close();
});

test('a search that comes while the library is being read waits for the rest of it', async () => {
  const made = createTestLibrary();
  for (let i = 0; i < 3; i++) made.photo();
  const reading = createTestSearch(made.db.sql);
  const loading = reading.columns.load();
  made.photo();
  expect([...reading.find({ kind: 'all', parts: [] }).ids]).toEqual([4, 3, 2, 1]);
  await loading;
  expect([...reading.find({ kind: 'all', parts: [] }).ids]).toEqual([4, 3, 2, 1]);
  made.close();
});
