import type { DatabaseSync } from 'node:sqlite';

/**
 * Faces of which the same is said lie in one part, and what is said stands once with the part: a person of 50,000 faces
 * is named, merged and taken back by changing a row or two. `face`, `label` and `rejection` are views from now on.
 */
export function migrateTo7(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE part (
      id        INTEGER PRIMARY KEY AUTOINCREMENT,
      person_id INTEGER REFERENCES person (id), -- whose faces they are shown as, facts and clusters together; null: nobody's
      label_id  INTEGER REFERENCES person (id), -- whose the user said they are
      -- 'confirmed': the user pointed at them; 'accepted': they were in the group when it was named.
      strength  TEXT CHECK (strength IN ('confirmed', 'accepted') AND (strength IS NULL) = (label_id IS NULL))
    ) STRICT;
    CREATE INDEX part_person ON part (person_id, label_id, strength);
    CREATE INDEX part_label ON part (label_id);

    -- None of these faces is this person.
    CREATE TABLE part_rejection (
      part_id   INTEGER NOT NULL REFERENCES part (id) ON DELETE CASCADE,
      person_id INTEGER NOT NULL REFERENCES person (id),
      PRIMARY KEY (part_id, person_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX part_rejection_person ON part_rejection (person_id);
  `);
  moveToParts(db);
  db.exec(`
    CREATE VIEW face AS
      SELECT face_row.*, part.person_id, part.label_id, part.strength
      FROM face_row LEFT JOIN part ON part.id = face_row.part_id;
    CREATE VIEW label AS
      SELECT face_row.id AS face_id, part.label_id AS person_id, part.strength
      FROM face_row JOIN part ON part.id = face_row.part_id WHERE part.label_id IS NOT NULL;
    CREATE VIEW rejection AS
      SELECT face_row.id AS face_id, part_rejection.person_id
      FROM face_row JOIN part_rejection ON part_rejection.part_id = face_row.part_id;
  `);
  keepSummaries(db);
}

function moveToParts(db: DatabaseSync): void {
  db.exec(`
    CREATE TEMP TABLE said AS
      SELECT face.id AS face_id, face.person_id, label.person_id AS label_id, strength, (
        SELECT json_group_array(rejection.person_id ORDER BY rejection.person_id) FROM rejection
        WHERE rejection.face_id = face.id) AS rejected
      FROM face LEFT JOIN label ON label.face_id = face.id;
    CREATE TEMP TABLE states AS
      SELECT DISTINCT person_id, label_id, strength, rejected FROM said
      WHERE person_id IS NOT NULL OR label_id IS NOT NULL OR rejected <> '[]';
    INSERT INTO part (id, person_id, label_id, strength) SELECT rowid, person_id, label_id, strength FROM states;
    INSERT INTO part_rejection SELECT states.rowid, value FROM states, json_each(rejected);
    CREATE INDEX temp.states_all ON states (person_id, label_id, rejected, strength);

    DROP TRIGGER face_comes;
    DROP TRIGGER face_changes;
    DROP TRIGGER face_joins;
    DROP TRIGGER face_goes;
    DROP TRIGGER photo_dated;
    DROP TABLE label;
    DROP TABLE rejection;
    DROP INDEX face_person;
    ALTER TABLE face DROP COLUMN person_id;
    ALTER TABLE face ADD COLUMN part_id INTEGER REFERENCES part (id); -- null: nothing is said of it
    UPDATE face SET part_id = states.rowid FROM said CROSS JOIN states
      ON states.person_id IS said.person_id AND states.label_id IS said.label_id
        AND states.rejected = said.rejected AND states.strength IS said.strength
    WHERE said.face_id = face.id;
    DROP TABLE said;
    DROP TABLE states;
    CREATE INDEX face_part ON face (part_id, gone, photo_id);
    ALTER TABLE face RENAME TO face_row;
  `);
}

/** Of a face \`row\` in a photo; as in db/person-summaries.ts. */
const seen = (row: string): string =>
  `${row}.quality * min(1, max(${row}.width, ${row}.height) * 12.0 / min(photo.width, photo.height))`;

/**
 * A part is counted once, and a person is the sum of its parts but for the photos that they share. A face that comes or
 * goes is added or taken away, unless it is the best, the first or the last.
 */
function keepSummaries(db: DatabaseSync): void {
  const comes = `
    INSERT OR IGNORE INTO person_stale SELECT person_id FROM part WHERE id = new.part_id AND person_id IS NOT NULL;
    INSERT OR IGNORE INTO part_stale SELECT new.part_id
      WHERE NOT EXISTS (SELECT 1 FROM part_summary WHERE part_id = new.part_id);
    UPDATE part_summary SET
      faces = part_summary.faces + 1,
      first_at = coalesce(min(first_at, taken_at), first_at, taken_at),
      last_at = coalesce(max(last_at, taken_at), last_at, taken_at),
      prominence = (prominence * part_summary.faces + ${seen('new')}) / (part_summary.faces + 1),
      best_id = (SELECT id FROM face_row WHERE id IN (best_id, new.id) ORDER BY quality DESC, id LIMIT 1)
    FROM photo WHERE photo.id = new.photo_id AND part_summary.part_id = new.part_id;`;
  const goes = `
    INSERT OR IGNORE INTO person_stale SELECT person_id FROM part WHERE id = old.part_id AND person_id IS NOT NULL;
    INSERT OR IGNORE INTO part_stale SELECT old.part_id WHERE NOT EXISTS (
      SELECT 1 FROM part_summary JOIN photo ON photo.id = old.photo_id
      WHERE part_id = old.part_id AND part_summary.faces > 1 AND best_id <> old.id
        AND coalesce(first_at < taken_at AND taken_at < last_at, taken_at IS NULL));
    UPDATE part_summary SET
      faces = part_summary.faces - 1,
      prominence = (prominence * part_summary.faces - ${seen('old')}) / (part_summary.faces - 1)
    FROM photo WHERE photo.id = old.photo_id AND part_summary.part_id = old.part_id AND part_summary.faces > 1;`;
  db.exec(`
    CREATE TABLE part_summary (
      part_id    INTEGER PRIMARY KEY REFERENCES part (id) ON DELETE CASCADE,
      faces      INTEGER NOT NULL,
      best_id    INTEGER NOT NULL,
      first_at   INTEGER,
      last_at    INTEGER,
      prominence REAL NOT NULL
    ) STRICT;
    CREATE TABLE part_stale (part_id INTEGER PRIMARY KEY) STRICT;
    INSERT INTO part_stale SELECT id FROM part;
    INSERT OR IGNORE INTO person_stale SELECT id FROM person;

    CREATE TRIGGER face_comes AFTER INSERT ON face_row WHEN new.part_id IS NOT NULL AND new.gone = 0 BEGIN ${comes} END;
    CREATE TRIGGER face_goes AFTER DELETE ON face_row WHEN old.part_id IS NOT NULL AND old.gone = 0 BEGIN ${goes} END;
    CREATE TRIGGER face_joins AFTER UPDATE OF part_id, gone ON face_row
    WHEN new.part_id IS NOT NULL AND new.gone = 0 AND (old.gone = 1 OR old.part_id IS NOT new.part_id) BEGIN ${comes} END;
    CREATE TRIGGER face_leaves AFTER UPDATE OF part_id, gone ON face_row
    WHEN old.part_id IS NOT NULL AND old.gone = 0 AND (new.gone = 1 OR old.part_id IS NOT new.part_id) BEGIN ${goes} END;
    CREATE TRIGGER face_changes AFTER UPDATE OF quality, photo_id ON face_row
    WHEN new.part_id IS NOT NULL AND (old.quality <> new.quality OR old.photo_id <> new.photo_id) BEGIN
      INSERT OR IGNORE INTO part_stale VALUES (new.part_id);
    END;
    CREATE TRIGGER photo_dated AFTER UPDATE OF taken_at ON photo WHEN old.taken_at IS NOT new.taken_at BEGIN
      INSERT OR IGNORE INTO part_stale SELECT part_id FROM face_row WHERE photo_id = new.id AND part_id IS NOT NULL;
    END;
    -- The best face of a person is one that is labelled, if there is any.
    CREATE TRIGGER part_changes AFTER UPDATE OF person_id, label_id ON part BEGIN
      INSERT OR IGNORE INTO person_stale SELECT old.person_id WHERE old.person_id IS NOT NULL;
      INSERT OR IGNORE INTO person_stale SELECT new.person_id WHERE new.person_id IS NOT NULL;
    END;
    CREATE TRIGGER part_goes AFTER DELETE ON part WHEN old.person_id IS NOT NULL BEGIN
      INSERT OR IGNORE INTO person_stale VALUES (old.person_id);
    END;
  `);
}
