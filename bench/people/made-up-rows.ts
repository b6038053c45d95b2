import type { StatementSync } from 'node:sqlite';

import type { TestLibrary } from '../../test/factories/library.ts';

/** Writes rows of photos and faces that are alike but for what counts in a bench. */
export interface MadeUpRows {
  /** Id, path, time in milliseconds. */
  readonly photo: StatementSync;
  /** Photo, quality, part or null. */
  readonly face: StatementSync;
  /** A part of a person, to put faces in. */
  readonly addPart: (person: number) => number;
}

export function createMadeUpRows({ db: { sql } }: TestLibrary): MadeUpRows {
  const part = sql.prepare('INSERT INTO part (person_id) VALUES (?)');
  return {
    photo: sql.prepare(`
      INSERT INTO photo (id, path, hash, size, mtime_ms, width, height, taken_at, date_source, read_version, added_at, faces)
      VALUES (?, ?, randomblob(32), 1000, 0, 4000, 3000, ?, 'exif', 1, 0, 1)`),
    face: sql.prepare(`
      INSERT INTO face_row (photo_id, left, top, width, height, points, score, sharpness, yaw, pitch, roll, quality, part_id)
      VALUES (?, 10, 10, 400, 400, randomblob(40), 0.99, 1, 0, 0, 0, ?, ?)`),
    addPart: (person) => Number(part.run(person).lastInsertRowid),
  };
}
