import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { migrateTo1 } from '../../../../app/engine/db/migrations/0001-library.ts';
import { openLibraryDb } from '../../../../app/engine/db/open.ts';
import { createTestLibrary } from '../../../factories/library.ts';

/** A library as the first schema had it: two photos, four faces of which one is gone, a name, an action. */
function writeFirstLibrary(file: string): void {
  const sql = new DatabaseSync(file);
  migrateTo1(sql);
  sql.exec(`
    PRAGMA user_version = 1;
    INSERT INTO photo (id, path, hash, size, mtime_ms, width, height, taken_at, read_version, added_at)
      VALUES (1, '/a.jpg', x'01', 1, 0, 4, 3, 5, 1, 0), (2, '/b.jpg', x'02', 1, 0, 4, 3, NULL, 1, 0), (3, '/c.jpg', x'03', 1, 0, 4, 3, 6, 1, 0);
    INSERT INTO person (id, name) VALUES (1, 'Anna');
    INSERT INTO face (id, photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality, gone, person_id)
      VALUES (1, 1, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, 0, 1), (2, 1, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, 0, NULL),
        (3, 2, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, 0, NULL), (4, 2, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, 1, NULL);
    INSERT INTO label VALUES (1, 1, 'confirmed');
    INSERT INTO action (at, kind, label, changes) VALUES (7, 'name', 'Named Anna', '[]');
  `);
  sql.close();
}

test('a library of the first schema keeps everything and counts its faces', () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const file = join(dir, 'library.sqlite');
  writeFirstLibrary(file);
  const db = openLibraryDb(file);
  const all = (query: string): unknown[] =>
    db.sql
      .prepare(query)
      .all()
      .map((row) => Object.values(row));
  expect(all('SELECT id, path, taken_at, faces FROM photo ORDER BY id')).toEqual([
    [1, '/a.jpg', 5, 2],
    [2, '/b.jpg', null, 1],
    [3, '/c.jpg', 6, 0],
  ]);
  expect(all('SELECT id, photo_id, gone, person_id FROM face ORDER BY id')).toEqual([
    [1, 1, 0, 1],
    [2, 1, 0, null],
    [3, 2, 0, null],
    [4, 2, 1, null],
  ]);
  expect(all('SELECT * FROM label')).toEqual([[1, 1, 'confirmed']]);
  expect(all('SELECT label FROM action')).toEqual([['Named Anna']]);
  expect(all('SELECT * FROM favourite')).toEqual([]);
  db.close();
  rmSync(dir, { recursive: true });
});

test('the number of faces of a photo follows its faces', () => {
  const library = createTestLibrary();
  const { sql } = library.db;
  const [one, other] = [library.photo(), library.photo()];
  const check = (ofOne: number, ofOther: number): void => {
    const rows = sql.prepare('SELECT faces FROM photo ORDER BY id').all();
    expect(rows.map((row) => row['faces'])).toEqual([ofOne, ofOther]);
  };
  const face = library.face({ photo: one });
  library.face({ photo: one, gone: true });
  check(1, 0);
  sql.prepare('UPDATE face_row SET gone = 1 WHERE id = ?').run(face);
  check(0, 0);
  sql.prepare('UPDATE face_row SET gone = 0').run();
  check(2, 0);
  sql.prepare('UPDATE face_row SET gone = 0, quality = 0.5').run();
  check(2, 0);
  sql.prepare('UPDATE face_row SET photo_id = ? WHERE id = ?').run(other, face);
  check(1, 1);
  sql.prepare('DELETE FROM face_row WHERE id = ?').run(face);
  check(1, 0);
  library.close();
});
