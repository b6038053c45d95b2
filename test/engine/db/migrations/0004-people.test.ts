import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { migrateTo1 } from '../../../../app/engine/db/migrations/0001-library.ts';
import { migrateTo2 } from '../../../../app/engine/db/migrations/0002-kept.ts';
import { migrateTo3 } from '../../../../app/engine/db/migrations/0003-review.ts';
import { openLibraryDb } from '../../../../app/engine/db/open.ts';
import { createPeopleQueries } from '../../../../app/engine/db/people.ts';

test('a library of the third schema keeps its people, of whom no birth is known', () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const file = join(dir, 'library.sqlite');
  const sql = new DatabaseSync(file);
  for (const migrate of [migrateTo1, migrateTo2, migrateTo3]) migrate(sql);
  sql.exec(`PRAGMA user_version = 3; INSERT INTO person (id, name) VALUES (1, 'Anna')`);
  sql.close();
  const db = openLibraryDb(file);
  expect(createPeopleQueries(db.sql).get(1)).toMatchObject({ name: 'Anna', birth: null });
  for (const table of ['link', 'mirror', 'not_person', 'overruled'])
    expect(db.sql.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).toEqual({ rows: 0 });
  expect(db.sql.prepare('SELECT count(*) AS erased FROM face WHERE erased = 1').get()).toEqual({ erased: 0 });
  db.close();
  rmSync(dir, { recursive: true, force: true });
});
