import type { DatabaseSync } from 'node:sqlite';

/** Counts, dates and the best face of each person: kept, because counting 100,000 faces takes a tenth of a second. */
export interface PersonSummaries {
  /** Works out again what has changed since the last time; triggers on the tables say whose it is. */
  refresh(): void;
}

/** Faces that fill a twelfth of a photo's shorter side, and more, are those of people whom it is about. */
const ample = '12.0';

/**
 * By quality to a millionth, then the lowest id: as one number, so that the best is found in the pass that counts. The id
 * is in the lowest 31 bits, counted down.
 */
const rank = `(CAST(quality * 1000000 AS INTEGER) << 31) + (${2 ** 31 - 1} - face_row.id)`;

/** Of several parts. Labelled faces come before others as the best. */
const whole = `sum(part_summary.faces) AS faces, min(first_at), max(last_at),
  sum(prominence * part_summary.faces) / sum(part_summary.faces),
  ${2 ** 31 - 1} - (max(((label_id IS NOT NULL) << 52) + ${rank}) & ${2 ** 31 - 1})`;

export function createPersonSummaries(sql: DatabaseSync): PersonSummaries {
  const anyStale = sql.prepare('SELECT 1 FROM person_stale UNION ALL SELECT 1 FROM part_stale LIMIT 1');
  const statements = [
    `INSERT OR IGNORE INTO person_stale
     SELECT person_id FROM part_stale JOIN part ON part.id = part_id WHERE person_id IS NOT NULL`,
    'DELETE FROM part_summary WHERE part_id IN (SELECT part_id FROM part_stale)',
    `INSERT INTO part_summary (part_id, faces, best_id, first_at, last_at, prominence)
     SELECT face_row.part_id, count(*), ${2 ** 31 - 1} - (max(${rank}) & ${2 ** 31 - 1}), min(taken_at), max(taken_at),
       avg(quality * min(1, max(face_row.width, face_row.height) * ${ample} / min(photo.width, photo.height)))
     FROM part_stale CROSS JOIN face_row ON face_row.part_id = part_stale.part_id JOIN photo ON photo.id = photo_id
     WHERE gone = 0 GROUP BY face_row.part_id`,
    'DELETE FROM part_stale',
    'DELETE FROM person_summary WHERE person_id IN (SELECT person_id FROM person_stale)',
    `INSERT INTO person_summary (person_id, photos, faces, first_at, last_at, prominence, best_id)
     SELECT part.person_id, (
         SELECT count(DISTINCT photo_id) FROM part own CROSS JOIN face_row ON face_row.part_id = own.id
         WHERE own.person_id = part.person_id AND gone = 0),
       ${whole}
     FROM person_stale CROSS JOIN part ON part.person_id = person_stale.person_id
       JOIN part_summary ON part_summary.part_id = part.id JOIN face_row ON face_row.id = best_id
     GROUP BY part.person_id`,
    'DELETE FROM person_stale',
  ].map((text) => sql.prepare(text));
  return {
    refresh: () => {
      if (!anyStale.get()) return;
      sql.exec('SAVEPOINT summaries');
      try {
        for (const statement of statements) statement.run();
      } catch (error) {
        sql.exec('ROLLBACK TO summaries');
        throw error;
      } finally {
        sql.exec('RELEASE summaries');
      }
    },
  };
}
