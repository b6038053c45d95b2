import type { DatabaseSync } from 'node:sqlite';

/**
 * For a million photos. Searches read what they need once and keep it in memory: one index covers that, the others only
 * made imports slower. A face that comes to a person is added to the summary instead of having all of them counted again.
 */
export function migrateTo5(db: DatabaseSync): void {
  db.exec(`
    DROP INDEX photo_faces;
    DROP INDEX photo_camera;
    DROP INDEX photo_taken;
    CREATE INDEX photo_taken ON photo (taken_at DESC, id DESC, width, height, faces, camera);

    DROP TRIGGER face_changes;
    -- Whatever takes something away from a person, and all that is not the next trigger's: counted again.
    CREATE TRIGGER face_changes AFTER UPDATE OF person_id, gone, quality ON face
    WHEN old.gone <> new.gone OR old.quality <> new.quality
      OR (old.person_id IS NOT new.person_id AND (old.person_id IS NOT NULL OR new.gone = 1)) BEGIN
      INSERT OR IGNORE INTO person_stale SELECT old.person_id WHERE old.person_id IS NOT NULL;
      INSERT OR IGNORE INTO person_stale SELECT new.person_id WHERE new.person_id IS NOT NULL;
    END;
    -- A face of nobody that is there becomes somebody's. Prominence as in db/person-summaries.ts.
    CREATE TRIGGER face_joins AFTER UPDATE OF person_id ON face
    WHEN old.person_id IS NULL AND new.person_id IS NOT NULL AND old.gone = 0 AND new.gone = 0 BEGIN
      INSERT OR IGNORE INTO person_stale SELECT new.person_id
      WHERE NOT EXISTS (SELECT 1 FROM person_summary WHERE person_id = new.person_id);
      UPDATE person_summary SET
        faces = person_summary.faces + 1,
        photos = photos + NOT EXISTS (
          SELECT 1 FROM face WHERE person_id = new.person_id AND gone = 0 AND photo_id = new.photo_id AND id <> new.id),
        first_at = coalesce(min(first_at, taken_at), first_at, taken_at),
        last_at = coalesce(max(last_at, taken_at), last_at, taken_at),
        prominence = (prominence * person_summary.faces
            + new.quality * min(1, max(new.width, new.height) * 12.0 / min(photo.width, photo.height)))
          / (person_summary.faces + 1),
        best_id = (
          SELECT id FROM face LEFT JOIN label ON face_id = id WHERE id IN (best_id, new.id)
          ORDER BY face_id IS NULL, quality DESC, id LIMIT 1)
      FROM photo WHERE photo.id = new.photo_id AND person_summary.person_id = new.person_id;
    END;
  `);
}
