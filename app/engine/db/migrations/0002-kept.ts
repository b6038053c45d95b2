import type { DatabaseSync } from 'node:sqlite';

/** What the user keeps: favourite photos and searches, both facts. And how many faces a photo has, to search by. */
export function migrateTo2(db: DatabaseSync): void {
  db.exec(`
    CREATE TABLE favourite (photo_id INTEGER PRIMARY KEY REFERENCES photo (id) ON DELETE CASCADE) STRICT;

    CREATE TABLE saved_search (query TEXT PRIMARY KEY, saved_at INTEGER NOT NULL) STRICT;

    -- Faces that are there (gone = 0), kept by the triggers.
    ALTER TABLE photo ADD COLUMN faces INTEGER NOT NULL DEFAULT 0;
    UPDATE photo SET faces = (SELECT count(*) FROM face WHERE photo_id = photo.id AND gone = 0);
    CREATE TRIGGER photo_gains_face AFTER INSERT ON face WHEN new.gone = 0 BEGIN
      UPDATE photo SET faces = faces + 1 WHERE id = new.photo_id;
    END;
    CREATE TRIGGER photo_face_changes AFTER UPDATE OF gone, photo_id ON face
    WHEN old.gone <> new.gone OR old.photo_id <> new.photo_id BEGIN
      UPDATE photo SET faces = faces - 1 WHERE id = old.photo_id AND old.gone = 0;
      UPDATE photo SET faces = faces + 1 WHERE id = new.photo_id AND new.gone = 0;
    END;
    CREATE TRIGGER photo_loses_face AFTER DELETE ON face WHEN old.gone = 0 BEGIN
      UPDATE photo SET faces = faces - 1 WHERE id = old.photo_id;
    END;
    -- Searches read indexes, not the table. One number of faces, newest first; …
    CREATE INDEX photo_faces ON photo (faces, taken_at DESC, id DESC, width, height);
    -- … any other condition on it, in the order of everything; …
    DROP INDEX photo_taken;
    CREATE INDEX photo_taken ON photo (taken_at DESC, id DESC, width, height, faces);
    -- … the few cameras there are, and their photos.
    CREATE INDEX photo_camera ON photo (camera, taken_at, width, height);
  `);
}
