import type { DatabaseSync } from 'node:sqlite';

/** Questions of the review queue that the user put off. No facts: what is settled is a label or a rejection. */
export function migrateTo3(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE review (
      face_id   INTEGER NOT NULL REFERENCES face (id) ON DELETE CASCADE,   -- the face that was asked about
      person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE, -- whether it is this person
      answer    TEXT NOT NULL CHECK (answer IN ('skip', 'unsure')),
      at        INTEGER NOT NULL,
      PRIMARY KEY (face_id, person_id)
    ) STRICT;
    CREATE INDEX review_person ON review (person_id);
  `);
}
