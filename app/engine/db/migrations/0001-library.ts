import type { DatabaseSync } from 'node:sqlite';

/**
 * The first schema. Three kinds of table:
 * - what was read from files and pictures (photo, face, crop, embedding): can be read again;
 * - what the user said (action, and the facts person, label, rejection, not_face): never lost;
 * - what follows from the two (cluster, effective person of a face): worked out anew at will.
 */
export function migrateTo1(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    -- What the user added: folders and single files.
    CREATE TABLE source (path TEXT PRIMARY KEY, added_at INTEGER NOT NULL) STRICT;

    CREATE TABLE job (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      kind        TEXT NOT NULL,
      sources     TEXT NOT NULL,             -- JSON array of paths still to be walked or walked
      walking     INTEGER NOT NULL,          -- 1 until every source has been walked
      walked_sources INTEGER NOT NULL DEFAULT 0, -- how many of the sources are done
      walked_path TEXT,                      -- last file met in the source after those; null: not begun
      state       TEXT NOT NULL,             -- running, paused, done, cancelled, failed
      total       INTEGER NOT NULL DEFAULT 0,
      done        INTEGER NOT NULL DEFAULT 0,
      failed      INTEGER NOT NULL DEFAULT 0,
      faces       INTEGER NOT NULL DEFAULT 0,
      problem     TEXT,
      created_at  INTEGER NOT NULL,
      finished_at INTEGER
    ) STRICT;

    -- Files found and not yet finished. A row goes away in the transaction that records the outcome.
    CREATE TABLE queue (
      path      TEXT PRIMARY KEY,
      job_id    INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
      size      INTEGER NOT NULL,            -- bytes, when it was found
      mtime_ms  REAL NOT NULL,
      in_flight INTEGER NOT NULL DEFAULT 0,  -- taken by a worker and not finished
      crashes   INTEGER NOT NULL DEFAULT 0   -- how often the program died with this file in flight
    ) STRICT;
    -- In the order the files were found: an index ends with the rowid.
    CREATE INDEX queue_next ON queue (job_id, in_flight);
    CREATE INDEX queue_suspect ON queue (job_id) WHERE crashes > 0;

    -- A file that is no photo here, and why. The size and time tell whether it is worth another look.
    CREATE TABLE failure (
      path     TEXT PRIMARY KEY,
      code     TEXT NOT NULL,
      message  TEXT NOT NULL,
      size     INTEGER NOT NULL,
      mtime_ms REAL NOT NULL,
      at       INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX failure_at ON failure (at);

    CREATE TABLE photo (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      path        TEXT NOT NULL UNIQUE,      -- absolute; where the file was last seen
      hash        BLOB NOT NULL,             -- SHA-256 of the picture data and orientation, without other metadata
      size        INTEGER NOT NULL,          -- bytes
      mtime_ms    REAL NOT NULL,
      width       INTEGER NOT NULL,          -- pixels, upright
      height      INTEGER NOT NULL,
      taken_at    INTEGER,                   -- camera's local time in ms as if UTC
      date_source TEXT,                      -- exif, name, file
      camera      TEXT,
      blur        BLOB,                      -- WebP of 16 pixels
      read_version INTEGER NOT NULL,         -- version of the read stage
      faces_version TEXT,                    -- detector pack and stage version; null: not looked at yet
      added_at    INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX photo_hash ON photo (hash);
    CREATE INDEX photo_taken ON photo (taken_at DESC, id DESC, width, height);

    -- Words of folders and file names, for search.
    CREATE VIRTUAL TABLE photo_text USING fts5 (folder, name, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3');

    CREATE TABLE face (
      id         INTEGER PRIMARY KEY AUTOINCREMENT,
      photo_id   INTEGER NOT NULL REFERENCES photo (id) ON DELETE CASCADE,
      left       REAL NOT NULL,              -- box in upright pixels
      top        REAL NOT NULL,
      width      REAL NOT NULL,
      height     REAL NOT NULL,
      points     BLOB,                       -- 10 float32, upright pixels; null where the user drew the box
      score      REAL NOT NULL,              -- detector's, 0 to 1
      sharpness  REAL NOT NULL,              -- 0 (blurred) to 1
      yaw        REAL NOT NULL,              -- degrees, estimated from the points
      pitch      REAL NOT NULL,
      roll       REAL NOT NULL,
      quality    REAL NOT NULL,              -- 0 to 1, from size, sharpness and pose
      manual     INTEGER NOT NULL DEFAULT 0, -- drawn by the user, or labelled and not found again
      gone       INTEGER NOT NULL DEFAULT 0, -- not found again, or not a face; kept because ids are never reused
      person_id  INTEGER REFERENCES person (id) -- whose face it is shown as, facts and clusters together
    ) STRICT;
    CREATE INDEX face_photo ON face (photo_id);
    -- Not partial: SQLite looks for the faces of a person that goes away, whichever they are.
    CREATE INDEX face_person ON face (person_id, gone, photo_id);

    -- 256-pixel picture with margin, so that another embedder needs no original.
    CREATE TABLE crop (face_id INTEGER PRIMARY KEY REFERENCES face (id) ON DELETE CASCADE, webp BLOB NOT NULL) STRICT;

    CREATE TABLE embedding (
      face_id INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
      version TEXT NOT NULL,                 -- embedder pack hash (and head, later)
      vector  BLOB NOT NULL,                 -- float32 × dimensions, L2 norm 1
      PRIMARY KEY (face_id, version)
    ) STRICT;

    -- Facts: what the user said. Changed only together with a row of the journal.
    CREATE TABLE person (
      id       INTEGER PRIMARY KEY AUTOINCREMENT,
      name     TEXT,                         -- null: a group that clustering made and nobody named
      hidden   INTEGER NOT NULL DEFAULT 0,
      cover_id INTEGER REFERENCES face (id)
    ) STRICT;
    CREATE INDEX person_name ON person (name);

    -- This face is this person. 'confirmed': the user pointed at it; 'accepted': it was in the group when named.
    CREATE TABLE label (
      face_id   INTEGER PRIMARY KEY REFERENCES face (id) ON DELETE CASCADE,
      person_id INTEGER NOT NULL REFERENCES person (id),
      strength  TEXT NOT NULL CHECK (strength IN ('confirmed', 'accepted'))
    ) STRICT;
    CREATE INDEX label_person ON label (person_id);

    -- This face is not this person.
    CREATE TABLE rejection (
      face_id   INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,
      person_id INTEGER NOT NULL REFERENCES person (id),
      PRIMARY KEY (face_id, person_id)
    ) STRICT;
    CREATE INDEX rejection_person ON rejection (person_id);

    CREATE TABLE not_face (face_id INTEGER PRIMARY KEY REFERENCES face (id) ON DELETE CASCADE) STRICT;

    -- What the people grid shows of each person, so that it need not count 100,000 faces. Worked out anew for the people
    -- in person_stale whenever it is read (db/person-summaries.ts).
    CREATE TABLE person_summary (
      person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
      faces     INTEGER NOT NULL,
      photos    INTEGER NOT NULL,
      best_id   INTEGER NOT NULL,            -- the best labelled face, else the best
      first_at  INTEGER,
      last_at   INTEGER
    ) STRICT;
    CREATE TABLE person_stale (person_id INTEGER PRIMARY KEY) STRICT;
    CREATE TRIGGER face_comes AFTER INSERT ON face WHEN new.person_id IS NOT NULL BEGIN
      INSERT OR IGNORE INTO person_stale VALUES (new.person_id);
    END;
    CREATE TRIGGER face_changes AFTER UPDATE OF person_id, gone, quality ON face
    WHEN old.person_id IS NOT new.person_id OR old.gone <> new.gone OR old.quality <> new.quality BEGIN
      INSERT OR IGNORE INTO person_stale SELECT old.person_id WHERE old.person_id IS NOT NULL;
      INSERT OR IGNORE INTO person_stale SELECT new.person_id WHERE new.person_id IS NOT NULL;
    END;
    CREATE TRIGGER face_goes AFTER DELETE ON face WHEN old.person_id IS NOT NULL BEGIN
      INSERT OR IGNORE INTO person_stale VALUES (old.person_id);
    END;
    CREATE TRIGGER photo_dated AFTER UPDATE OF taken_at ON photo WHEN old.taken_at IS NOT new.taken_at BEGIN
      INSERT OR IGNORE INTO person_stale SELECT person_id FROM face WHERE photo_id = new.id AND person_id IS NOT NULL;
    END;

    -- The journal. 'changes' holds the rows of the fact tables (and of face.person_id) before and after,
    -- so that undo and redo need nothing else.
    CREATE TABLE action (
      id      INTEGER PRIMARY KEY AUTOINCREMENT,
      at      INTEGER NOT NULL,
      kind    TEXT NOT NULL,
      label   TEXT NOT NULL,                 -- in plain words
      changes TEXT NOT NULL,                 -- JSON
      undone  INTEGER NOT NULL DEFAULT 0
    ) STRICT;
  `);
}
