import type { DatabaseSync } from 'node:sqlite';

/** Counts, dates and the best face of each person: kept, because counting 100,000 faces takes a tenth of a second. */
export interface PersonSummaries {
  /** Works out again what has changed since the last time; triggers on the tables say whose it is. */
  refresh(): void;
}

/** Faces that fill a twelfth of a photo's shorter side, and more, are those of people whom it is about. */
const ample = '12.0';

export function createPersonSummaries(sql: DatabaseSync): PersonSummaries {
  const anyStale = sql.prepare('SELECT 1 FROM person_stale LIMIT 1');
  const drop = sql.prepare('DELETE FROM person_summary WHERE person_id IN (SELECT person_id FROM person_stale)');
  const add = sql.prepare(`
    INSERT INTO person_summary (person_id, faces, photos, best_id, first_at, last_at, prominence)
    SELECT person_id, count(*), count(DISTINCT photo_id),
      (SELECT best.id FROM face best LEFT JOIN label ON face_id = best.id
       WHERE best.person_id = face.person_id AND gone = 0
       ORDER BY face_id IS NULL, quality DESC, best.id LIMIT 1),
      min(taken_at), max(taken_at), avg(quality * min(1, max(face.width, face.height) * ${ample} / min(photo.width, photo.height)))
    FROM face JOIN photo ON photo.id = photo_id
    WHERE person_id IN (SELECT person_id FROM person_stale) AND gone = 0 GROUP BY person_id`);
  const settle = sql.prepare('DELETE FROM person_stale');
  return {
    refresh: () => {
      if (!anyStale.get()) return;
      sql.exec('SAVEPOINT summaries');
      try {
        drop.run();
        add.run();
        settle.run();
      } catch (error) {
        sql.exec('ROLLBACK TO summaries');
        throw error;
      } finally {
        sql.exec('RELEASE summaries');
      }
    },
  };
}
