import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createSavedSearches } from '../../../app/engine/search/saved-searches.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

const signal = new AbortController().signal;

describe('erasing a person', () => {
  let home: PeopleLibrary;
  let annas: FaceId[];
  let bens: FaceId[];
  let anna: PersonId;
  let ben: PersonId;
  let vectors: Buffer[];
  beforeEach(async () => {
    home = createPeopleLibrary();
    const { sql } = home.library.db;
    const taken = [];
    for (let i = 0; i < 4; i++) taken.push(await home.take([0, 1]));
    annas = taken.map(([face]) => face!);
    bens = taken.map(([, face]) => face!);
    anna = home.personOf(annas[0]!)!;
    ben = home.personOf(bens[0]!)!;
    for (const face of [...annas, ...bens])
      sql.prepare('INSERT INTO crop (face_id, webp) VALUES (?, ?)').run(face, Buffer.from(`crop of face ${face} <`));
    vectors = annas.map((face) => vectorOf(face));
    // A history in which she has had other names, was merged, split, moved and searched for.
    await home.ask('people.name', { person: anna, name: 'Qanna' });
    await home.ask('people.name', { person: ben, name: 'Ben' });
    const { into } = await home.ask('people.split', { person: anna, faces: [annas[3]!], name: 'Zanni' });
    await home.ask('people.merge', { into: anna, from: [into] });
    await home.ask('people.name', { person: anna, name: 'Qanna Ωμέγα' });
    await home.ask('faces.move', { faces: [bens[3]!], to: { person: anna } });
    await home.ask('faces.move', { faces: [bens[3]!], to: { person: ben } });
    await home.ask('faces.same', { faces: [annas[0]!, annas[1]!] });
    await home.ask('people.cover', { person: ben, face: bens[0]! });
    const searches = createSavedSearches(home.library.context, home.people.history);
    await searches.handlers['searches.save']({ query: 'qanna beach' }, signal);
    await searches.handlers['searches.save']({ query: `person:${anna} is:favourite` }, signal);
    await searches.handlers['searches.save']({ query: 'ben beach' }, signal);
    await home.people.importIdle();
  });
  afterEach(() => home.close());

  const vectorOf = (face: FaceId): Buffer => {
    const row = home.library.db.sql.prepare('SELECT vector FROM embedding WHERE face_id = ?').get(face);
    return Buffer.from(row!['vector'] as Uint8Array);
  };
  /** Every byte of the library's files. */
  const bytes = (): Buffer =>
    Buffer.concat(
      readdirSync(home.library.dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    );
  const traces = (): string[] => {
    const all = bytes();
    const names = ['Qanna', 'qanna', 'Zanni', 'Ωμέγα', ...annas.map((face) => `crop of face ${face} <`)];
    return [
      ...names.filter((name) => all.includes(name)),
      ...vectors.flatMap((vector, at) => (all.includes(vector) ? [`vector ${at}`] : [])),
    ];
  };

  it('leaves no name, no crop and no vector in any file, and the others as they were', async () => {
    expect(traces()).toHaveLength(12);
    expect(await home.ask('people.erase', { person: anna })).toEqual({ faces: 4 });
    expect(traces()).toEqual([]);
    await home.ask('cluster.run', {});
    await home.people.importIdle();
    expect(traces()).toEqual([]);
    expect(bytes().includes('Ben')).toBe(true);
    expect(bytes().includes(vectorOf(bens[0]!))).toBe(true);
    const people = await home.ask('people.list', { hidden: true });
    expect(people).toMatchObject([{ id: ben, name: 'Ben', faces: 4, cover: bens[0] }]);
    expect(home.library.db.sql.prepare('SELECT query FROM saved_search').all()).toEqual([{ query: 'ben beach' }]);
    expect(home.library.db.sql.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });

  it('brings nothing back by undo and redo, all the way', async () => {
    await home.ask('people.erase', { person: anna });
    let undone = 0;
    while ((await home.ask('history.state', {})).undo) {
      await home.ask('history.undo', {});
      undone++;
      expect(traces()).toEqual([]);
      expect(home.library.db.sql.prepare('SELECT count(*) AS faces FROM face WHERE gone = 0').get()).toEqual({
        faces: 4,
      });
    }
    expect(undone).toBeGreaterThan(1);
    while ((await home.ask('history.state', {})).redo) await home.ask('history.redo', {});
    expect(traces()).toEqual([]);
    expect(bens.map((face) => home.personOf(face))).toEqual([ben, ben, ben, ben]);
    expect((await home.ask('people.get', { id: ben })).name).toBe('Ben');
  });

  it('cannot be undone itself, nor can what was undone before be redone', async () => {
    await home.ask('history.undo', {});
    await home.ask('people.erase', { person: anna });
    const { undo, redo } = await home.ask('history.state', {});
    expect(redo).toBeNull();
    expect(undo?.label).not.toMatch(/Qanna/);
    await expect(home.ask('people.erase', { person: anna })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is followed by a stranger where the person is in new photos', async () => {
    await home.ask('people.erase', { person: anna });
    const [one] = (await home.take([0]), await home.take([0]));
    await home.ask('cluster.run', {});
    const person = await home.ask('people.get', { id: home.personOf(one!)! });
    expect(person).toMatchObject({ name: null, faces: 2 });
    expect(person.id).not.toBe(anna);
  });
});
