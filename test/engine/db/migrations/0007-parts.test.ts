import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { migrateTo1 } from '../../../../app/engine/db/migrations/0001-library.ts';
import { migrateTo2 } from '../../../../app/engine/db/migrations/0002-kept.ts';
import { migrateTo3 } from '../../../../app/engine/db/migrations/0003-review.ts';
import { migrateTo4 } from '../../../../app/engine/db/migrations/0004-people.ts';
import { migrateTo5 } from '../../../../app/engine/db/migrations/0005-scale.ts';
import { migrateTo6 } from '../../../../app/engine/db/migrations/0006-heads.ts';
import { openLibraryDb, type LibraryDb } from '../../../../app/engine/db/open.ts';
import { createPeopleQueries } from '../../../../app/engine/db/people.ts';
import { createHistory } from '../../../../app/engine/history/history.ts';

const [anna, ben, group] = [1, 2, 3];
/** Face, photo, gone, shown as. */
const faces = [
  [1, 1, 0, anna],
  [2, 2, 0, anna],
  [3, 2, 0, ben],
  [4, 3, 0, group],
  [5, 3, 0, null],
  [6, 3, 1, null],
] as const;
/** Merged, as former versions wrote it down: face 2 was Ben's. */
const merge = [
  {
    table: 'label',
    faces: [2],
    before: { person: ben, strength: 'confirmed' },
    after: { person: anna, strength: 'confirmed' },
  },
  { table: 'shown', faces: [2], before: ben, after: anna },
];

/** A library as the sixth schema had it. */
function writeFormerLibrary(file: string): void {
  const sql = new DatabaseSync(file);
  for (const migrate of [migrateTo1, migrateTo2, migrateTo3, migrateTo4, migrateTo5, migrateTo6]) migrate(sql);
  sql.exec(`
    PRAGMA user_version = 6;
    INSERT INTO photo (id, path, hash, size, mtime_ms, width, height, taken_at, read_version, added_at)
      VALUES (1, '/a.jpg', x'01', 1, 0, 40, 30, 5, 1, 0), (2, '/b.jpg', x'02', 1, 0, 40, 30, NULL, 1, 0),
        (3, '/c.jpg', x'03', 1, 0, 40, 30, 6, 1, 0);
    INSERT INTO person (id, name) VALUES (1, 'Anna'), (2, 'Ben'), (3, NULL);
  `);
  const face = sql.prepare(`
    INSERT INTO face (id, photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality, gone, person_id)
    VALUES (?, ?, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, ?, ?)`);
  for (const row of faces) face.run(...row);
  sql.exec(`
    INSERT INTO crop VALUES (1, x'00'), (2, x'01');
    INSERT INTO label VALUES (1, ${anna}, 'accepted'), (2, ${anna}, 'confirmed'), (6, ${ben}, 'confirmed');
    INSERT INTO rejection VALUES (1, ${ben}), (1, ${group}), (5, ${anna});
    UPDATE person SET cover_id = 1 WHERE id = ${anna};
  `);
  sql
    .prepare("INSERT INTO action (at, kind, label, changes) VALUES (7, 'merge', 'Merged', ?)")
    .run(JSON.stringify(merge));
  sql.close();
}

describe('a library of the sixth schema', () => {
  let dir: string;
  let db: LibraryDb;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
    const file = join(dir, 'library.sqlite');
    writeFormerLibrary(file);
    db = openLibraryDb(file);
  });
  afterEach(() => {
    db.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const all = (query: string): unknown[] =>
    db.sql
      .prepare(query)
      .all()
      .map((row) => Object.values(row));
  const labels = 'SELECT face_id, person_id, strength FROM label ORDER BY face_id';

  it('keeps who is shown in every face, and what the user said of it', () => {
    expect(all('SELECT id, photo_id, gone, person_id FROM face ORDER BY id')).toEqual(faces);
    expect(all(labels)).toEqual([
      [1, anna, 'accepted'],
      [2, anna, 'confirmed'],
      [6, ben, 'confirmed'],
    ]);
    expect(all('SELECT face_id, person_id FROM rejection ORDER BY face_id, person_id')).toEqual([
      [1, ben],
      [1, group],
      [5, anna],
    ]);
    expect(all('PRAGMA foreign_key_check')).toEqual([]);
  });

  it('keeps crops and covers, and loses them with their photos only', () => {
    expect(all('SELECT face_id FROM crop ORDER BY 1')).toEqual([[1], [2]]);
    expect(createPeopleQueries(db.sql).list(false)).toMatchObject([
      { id: anna, faces: 2, photos: 2, cover: 1 },
      { id: ben, faces: 1, photos: 1 },
      { id: group, faces: 1, photos: 1 },
    ]);
    db.sql.exec('DELETE FROM photo WHERE id = 2');
    expect(all('SELECT face_id FROM crop')).toEqual([[1]]);
    expect(createPeopleQueries(db.sql).get(anna)).toMatchObject({ faces: 1, photos: 1 });
  });

  it('takes back and makes again what was done before', () => {
    const history = createHistory(
      db,
      () => 0,
      () => undefined,
    );
    history.undo();
    expect(all('SELECT person_id FROM face WHERE id = 2')).toEqual([[ben]]);
    expect(all(labels)[1]).toEqual([2, ben, 'confirmed']);
    history.redo();
    expect(all('SELECT person_id FROM face WHERE id = 2')).toEqual([[anna]]);
    expect(all(labels)[1]).toEqual([2, anna, 'confirmed']);
  });
});
