import type { DatabaseSync } from 'node:sqlite';

/** What else the user may say of people. */
export function migrateTo4(db: DatabaseSync): void {
  db.exec(`
    -- The day a person was born, ms since 1970 as if UTC like photo.taken_at; null: not said.
    ALTER TABLE person ADD COLUMN birth INTEGER;
  `);
}
