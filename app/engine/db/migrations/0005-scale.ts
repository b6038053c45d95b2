import type { DatabaseSync } from 'node:sqlite';

/**
 * Searches read what they need once and keep it in memory: one index covers that, the others only made imports slower.
 */
export function migrateTo5(db: DatabaseSync): void {
  db.exec(`
    DROP INDEX photo_faces;
    DROP INDEX photo_camera;
    DROP INDEX photo_taken;
    CREATE INDEX photo_taken ON photo (taken_at DESC, id DESC, width, height, faces, camera);
  `);
}
