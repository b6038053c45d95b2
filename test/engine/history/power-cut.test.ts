import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openLibraryDb } from '../../../app/engine/db/open.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

/** SQLite's numbers, https://sqlite.org/pragma.html#pragma_synchronous: with FULL a commit waits for the disk. */
const normal = 1;
const full = 2;

describe('a power cut', () => {
  let home: PeopleLibrary;
  let disk: string;
  beforeEach(() => {
    home = createPeopleLibrary();
    disk = mkdtempSync(join(tmpdir(), 'familiar-disk-'));
  });
  afterEach(async () => {
    await home.close();
    rmSync(disk, { recursive: true });
  });

  /** Of the last transaction. */
  const level = (): unknown => home.library.db.sql.prepare('PRAGMA synchronous').get()!['synchronous'];

  it('finds on the disk what the user was told is done', async () => {
    const [face] = (await home.take([0]), await home.take([0]));
    const person = home.personOf(face!)!;
    await home.ask('people.name', { person, name: 'Anna' });
    expect(level()).toBe(full);
    // The files as they are at this moment, with no checkpoint and nobody closing them.
    for (const name of ['library.sqlite', 'library.sqlite-wal'])
      copyFileSync(join(home.library.dir, name), join(disk, name));
    const after = openLibraryDb(join(disk, 'library.sqlite'));
    expect(after.sql.prepare('SELECT name FROM person WHERE id = ?').get(person)).toEqual({ name: 'Anna' });
    expect(after.sql.prepare('SELECT label FROM action').all()).toEqual([{ label: 'Named Anna' }]);
    expect(after.sql.prepare('SELECT count(*) AS labels FROM label').get()).toEqual({ labels: 2 });
    after.close();
  });

  it('is waited for by what a user does, and not by what can be done again', () => {
    const { db } = home.library;
    expect(db.writeDurably(level)).toBe(full);
    expect(db.write(level)).toBe(normal);
    expect(db.writeDurably(level)).toBe(full);
  });
});
