import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, test } from 'vitest';

import { migrateTo1 } from '../../../../app/engine/db/migrations/0001-library.ts';
import { migrateTo2 } from '../../../../app/engine/db/migrations/0002-kept.ts';
import { openLibraryDb } from '../../../../app/engine/db/open.ts';
import { createReviewQueries } from '../../../../app/engine/db/review.ts';

test('a library of the second schema keeps its people and can put questions off', () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-test-'));
  const file = join(dir, 'library.sqlite');
  const sql = new DatabaseSync(file);
  migrateTo1(sql);
  migrateTo2(sql);
  sql.exec(`
    PRAGMA user_version = 2;
    INSERT INTO photo (id, path, hash, size, mtime_ms, width, height, read_version, added_at)
      VALUES (1, '/a.jpg', x'01', 1, 0, 4, 3, 1, 0);
    INSERT INTO person (id, name) VALUES (1, 'Anna');
    INSERT INTO face (id, photo_id, left, top, width, height, score, sharpness, yaw, pitch, roll, quality, person_id)
      VALUES (1, 1, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, 1), (2, 1, 0, 0, 9, 9, 1, 1, 0, 0, 0, 1, NULL);
  `);
  sql.close();
  const db = openLibraryDb(file);
  const review = createReviewQueries(db.sql);
  expect([...review.namedFaces(0, 9)]).toEqual([1, 1]);
  expect([...review.besides([2])]).toEqual([2, 1]);
  review.putOffNow({ face: 2, person: 1, answer: 'skip', at: 5 });
  review.putOffNow({ face: 2, person: 1, answer: 'unsure', at: 6 });
  expect(review.putOff()).toEqual([{ face: 2, person: 1, answer: 'unsure', at: 6 }]);
  db.sql.exec('DELETE FROM face_row WHERE id = 2');
  expect(review.putOff()).toEqual([]);
  db.close();
  rmSync(dir, { recursive: true, force: true });
});
