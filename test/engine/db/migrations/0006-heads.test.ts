import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { createHeadTable } from '../../../../app/engine/db/heads.ts';
import { migrateTo1 } from '../../../../app/engine/db/migrations/0001-library.ts';
import { migrateTo2 } from '../../../../app/engine/db/migrations/0002-kept.ts';
import { migrateTo3 } from '../../../../app/engine/db/migrations/0003-review.ts';
import { migrateTo4 } from '../../../../app/engine/db/migrations/0004-people.ts';
import { openLibraryDb } from '../../../../app/engine/db/open.ts';
import { createPeopleQueries } from '../../../../app/engine/db/people.ts';

test('a library of before anything was learnt keeps its people, and has no head', () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const file = join(dir, 'library.sqlite');
  const sql = new DatabaseSync(file);
  for (const migrate of [migrateTo1, migrateTo2, migrateTo3, migrateTo4]) migrate(sql);
  sql.exec(`PRAGMA user_version = 4; INSERT INTO person (id, name) VALUES (1, 'Anna')`);
  sql.close();
  const db = openLibraryDb(file);
  expect(createPeopleQueries(db.sql).get(1)).toMatchObject({ name: 'Anna' });
  const heads = createHeadTable(db.sql);
  expect(heads.list()).toEqual([]);
  expect(heads.active('any')).toBeUndefined();
  db.close();
  rmSync(dir, { recursive: true, force: true });
});
