import type { DatabaseSync } from 'node:sqlite';

/** What an estimate of how well a person is known reads. Only faces that are there count. */
export interface EstimateQueries {
  /** Faces after an id that are shown as somebody, with or without a name, in order, `count` at a time: face, person, … */
  shown(after: number, count: number): Int32Array<ArrayBuffer>;
  /** The person's faces that the user confirmed. */
  confirmed(person: number): number[];
  /** Faces that the user has taken away from the person: removed, moved, split off, or said to be no face. */
  removed(person: number): number;
  /** Of all people at once: each confirmed face after an id with its person, in order, `count` at a time; … */
  confirmedOfAll(after: number, count: number): Int32Array<ArrayBuffer>;
  /** … and how many were taken away from each. */
  removedOfAll(): Map<number, number>;
}

/** Kinds of actions by which the user takes faces away from a person. */
const takingAway = `('reject', 'move', 'split', 'not-a-face')`;

export function createEstimateQueries(sql: DatabaseSync): EstimateQueries {
  const shown = sql.prepare(
    'SELECT id, person_id FROM face WHERE id > ? AND person_id IS NOT NULL AND gone = 0 ORDER BY id LIMIT ?',
  );
  shown.setReturnArrays(true);
  const confirmed = sql.prepare(`
    SELECT id FROM face
    WHERE label_id = ? AND strength = 'confirmed' AND gone = 0`);
  const removed = sql.prepare(`
    SELECT coalesce(sum(json_array_length(value, '$.faces')), 0) AS faces FROM action, json_each(changes)
    WHERE undone = 0 AND kind IN ${takingAway}
      AND value ->> 'table' = 'shown' AND value ->> 'before' = ?`);
  const confirmedOfAll = sql.prepare(`
    SELECT id, label_id FROM face
    WHERE id > ? AND strength = 'confirmed' AND gone = 0 ORDER BY id LIMIT ?`);
  confirmedOfAll.setReturnArrays(true);
  const removedOfAll = sql.prepare(`
    SELECT value ->> 'before' AS person, sum(json_array_length(value, '$.faces')) AS faces
    FROM action, json_each(changes)
    WHERE undone = 0 AND kind IN ${takingAway} AND value ->> 'table' = 'shown' AND value ->> 'before' IS NOT NULL
    GROUP BY 1`);
  return {
    confirmedOfAll: (after, count) =>
      Int32Array.from((confirmedOfAll.all(after, count) as unknown as number[][]).flat()),
    removedOfAll: () => new Map(removedOfAll.all().map((row) => [Number(row['person']), Number(row['faces'])])),
    shown: (after, count) => Int32Array.from((shown.all(after, count) as unknown as number[][]).flat()),
    confirmed: (person) => confirmed.all(person).map((row) => Number(row['id'])),
    removed: (person) => Number(removed.get(person)?.['faces']),
  };
}
