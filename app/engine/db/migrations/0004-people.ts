import type { DatabaseSync } from 'node:sqlite';

/** What else the user may say of people, faces and photos. */
export function migrateTo4(db: DatabaseSync): void {
  db.exec(`
    -- The day a person was born, ms since 1970 as if UTC like photo.taken_at; null: not said.
    ALTER TABLE person ADD COLUMN birth INTEGER;

    -- Two faces are, or are not, the same person, whoever that is. The newer of two has the higher id.
    CREATE TABLE link (
      id   INTEGER PRIMARY KEY AUTOINCREMENT,
      a_id INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE, -- the lower of the two
      b_id INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
      same INTEGER NOT NULL,
      UNIQUE (a_id, b_id)
    ) STRICT;
    CREATE INDEX link_b ON link (b_id);

    -- A person may be in this photo more than once: a mirror, a collage.
    CREATE TABLE mirror (photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE) STRICT;

    -- A face, but nobody's: a statue, a picture on a wall.
    CREATE TABLE not_person (face_id INTEGER PRIMARY KEY REFERENCES face (id) ON DELETE CASCADE) STRICT;

    -- What the user said once and a newer word contradicts (history/said.ts, JSON).
    CREATE TABLE overruled (id INTEGER PRIMARY KEY AUTOINCREMENT, said TEXT NOT NULL) STRICT;

    -- 1: of a person who was erased. Its place is kept so that no scan finds it again; nothing else of it is.
    ALTER TABLE face ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

    -- How well a person's faces are seen, 0 to 1 (db/person-summaries.ts).
    ALTER TABLE person_summary ADD COLUMN prominence REAL NOT NULL DEFAULT 0;
    INSERT OR IGNORE INTO person_stale SELECT id FROM person;
  `);
}
