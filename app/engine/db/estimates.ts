import type { DatabaseSync } from 'node:sqlite';

/** What an estimate of how well a person is known reads. Only faces that are there count. */
export interface EstimateQueries {
  /** Faces after an id that are shown as somebody, with or without a name, in order, `count` at a time: face, person, … */
  shown(after: number, count: number): Int32Array<ArrayBuffer>;
  /** The person's faces that the user confirmed. */
  confirmed(person: number): number[];
  /** Faces that the user has taken away from the person: removed, moved, split off, or said to be no face. */
  removed(person: number): number;
}

export function createEstimateQueries(sql: DatabaseSync): EstimateQueries {
  const shown = sql.prepare(
    'SELECT id, person_id FROM face WHERE id > ? AND person_id IS NOT NULL AND gone = 0 ORDER BY id LIMIT ?',
  );
  shown.setReturnArrays(true);
  const confirmed = sql.prepare(`
    SELECT face_id AS id FROM label JOIN face ON face.id = face_id
    WHERE label.person_id = ? AND strength = 'confirmed' AND gone = 0`);
  const removed = sql.prepare(`
    SELECT coalesce(sum(json_array_length(value, '$.faces')), 0) AS faces FROM action, json_each(changes)
    WHERE undone = 0 AND kind IN ('reject', 'move', 'split', 'not-a-face')
      AND value ->> 'table' = 'shown' AND value ->> 'before' = ?`);
  return {
    shown: (after, count) => Int32Array.from((shown.all(after, count) as unknown as number[][]).flat()),
    confirmed: (person) => confirmed.all(person).map((row) => Number(row['id'])),
    removed: (person) => Number(removed.get(person)?.['faces']),
  };
}
