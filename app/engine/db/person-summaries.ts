import type { DatabaseSync } from 'node:sqlite';

/** Counts, dates and the best face of each person: kept, because counting 100,000 faces takes a tenth of a second. */
export interface PersonSummaries {
  /** Works out again what has changed since the last time; triggers on the tables say whose it is. */
  refresh(): void;
}

/** Faces that fill a twelfth of a photo's shorter side, and more, are those of people whom it is about. */
const ample = '12.0';

/**
 * Labelled faces before others, then by quality to a millionth, then the lowest id: as one number, so that the best is
 * found in the pass that counts. The id is in the lowest 31 bits, counted down.
 */
const rank = `((label.face_id IS NOT NULL) << 52) + (CAST(quality * 1000000 AS INTEGER) << 31) + (${2 ** 31 - 1} - face.id)`;

export function createPersonSummaries(sql: DatabaseSync): PersonSummaries {
  const anyStale = sql.prepare('SELECT 1 FROM person_stale LIMIT 1');
  const drop = sql.prepare('DELETE FROM person_summary WHERE person_id IN (SELECT person_id FROM person_stale)');
  const add = sql.prepare(`
    INSERT INTO person_summary (person_id, faces, photos, best_id, first_at, last_at, prominence)
    SELECT face.person_id, count(*), count(DISTINCT photo_id), ${2 ** 31 - 1} - (max(${rank}) & ${2 ** 31 - 1}),
      min(taken_at), max(taken_at), avg(quality * min(1, max(face.width, face.height) * ${ample} / min(photo.width, photo.height)))
    FROM person_stale CROSS JOIN face ON face.person_id = person_stale.person_id
      JOIN photo ON photo.id = photo_id LEFT JOIN label ON label.face_id = face.id
    WHERE gone = 0 GROUP BY face.person_id`);
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
