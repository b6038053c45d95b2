import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { migrateTo1 } from '../../../../app/engine/db/migrations/0001-library.ts';
import { migrateTo2 } from '../../../../app/engine/db/migrations/0002-kept.ts';
import { migrateTo3 } from '../../../../app/engine/db/migrations/0003-review.ts';
import { migrateTo4 } from '../../../../app/engine/db/migrations/0004-people.ts';
import { openLibraryDb } from '../../../../app/engine/db/open.ts';
import { createPeopleQueries } from '../../../../app/engine/db/people.ts';
import { createTestSearch } from '../../../factories/search.ts';

test('a library of the fourth schema is searched and counted as before', () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const file = join(dir, 'library.sqlite');
  const sql = new DatabaseSync(file);
  for (const migrate of [migrateTo1, migrateTo2, migrateTo3, migrateTo4]) migrate(sql);
  sql.exec(`
    PRAGMA user_version = 4;
    INSERT INTO person (id, name) VALUES (1, 'Anna');
    INSERT INTO photo (id, path, hash, size, mtime_ms, width, height, taken_at, camera, read_version, added_at)
    VALUES (1, '/a.jpg', x'00', 1, 0, 400, 300, 5, 'Canon', 1, 0), (2, '/b.jpg', x'01', 1, 0, 400, 300, NULL, NULL, 1, 0);
    INSERT INTO photo_text (rowid, folder, name) VALUES (1, '/', 'a.jpg'), (2, '/', 'b.jpg');
    INSERT INTO face (photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality, person_id)
    VALUES (1, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, 1), (2, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, NULL);
  `);
  sql.close();
  const db = openLibraryDb(file);
  const search = createTestSearch(db.sql);
  expect([...search.find({ kind: 'all', parts: [] }).ids]).toEqual([1, 2]);
  expect([...search.find({ kind: 'people', people: [1 as never] }).ids]).toEqual([1]);
  expect([...search.find({ kind: 'camera', text: 'canon' }).ids]).toEqual([1]);
  expect(createPeopleQueries(db.sql).list(false)).toMatchObject([{ name: 'Anna', faces: 1, photos: 1 }]);
  db.close();
  rmSync(dir, { recursive: true, force: true });
});
