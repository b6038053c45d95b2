import type { DatabaseSync } from 'node:sqlite';

/** What is learnt on top of an embedder (contract/tuning.ts), and what it was learnt from. */
export function migrateTo6(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE head (
      id        INTEGER PRIMARY KEY AUTOINCREMENT,
      at        INTEGER NOT NULL,            -- ms since 1970
      version   TEXT NOT NULL,               -- embedding version whose vectors it changes
      embedder  TEXT NOT NULL,               -- name of the pack
      state     TEXT NOT NULL CHECK (state IN ('waiting', 'adopted', 'declined', 'refused')),
      active    INTEGER NOT NULL DEFAULT 0,  -- in use whenever the library uses that embedding version
      parent_id INTEGER REFERENCES head (id) ON DELETE CASCADE, -- the one that it went on from
      weights   BLOB,                        -- float32, dimensions × dimensions, row by row; null: not kept
      distances TEXT,                        -- JSON: where the thresholds lie with it (tune/distance-move.ts)
      record    TEXT NOT NULL                -- JSON: settings, seed, measures (db/heads.ts)
    ) STRICT;
    CREATE UNIQUE INDEX head_active ON head (version) WHERE active = 1;
    CREATE INDEX head_parent ON head (parent_id);

    -- The faces that it learnt from or was judged by.
    CREATE TABLE head_face (
      head_id   INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
      face_id   INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
      person_id INTEGER,                     -- whom the user said it was then; null: guessed, or nobody known
      PRIMARY KEY (head_id, face_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX head_face_face ON head_face (face_id);
  `);
}
