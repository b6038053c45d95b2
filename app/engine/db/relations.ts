import type { DatabaseSync } from 'node:sqlite';

/** What is asked of a person's faces when people are compared with one another. Only faces that are there count. */
export interface RelationQueries {
  /** The best faces of a person, at most `count`. */
  bestFaces(person: number, count: number): number[];
  /** Whom these faces are shown as; faces shown as nobody are left out. */
  peopleOf(faces: readonly number[]): Map<number, number>;
  /** People who are in a photo together with this one, but for photos where somebody may be twice. */
  besides(person: number): Set<number>;
  /** The share of a person's faces that are said not to be `other`, 0 to 1. */
  rejectedShare(person: number, other: number): number;
  /** Pairs of its faces that are surely two people, being in one photo or said to differ: a, b, a, b, … */
  apart(person: number): Int32Array<ArrayBuffer>;
}

export function createRelationQueries(sql: DatabaseSync): RelationQueries {
  const bestFaces = sql.prepare(
    'SELECT id FROM face WHERE person_id = ? AND gone = 0 ORDER BY quality DESC, id LIMIT ?',
  );
  const notMirror = 'photo_id NOT IN (SELECT photo_id FROM mirror)';
  const apart = sql.prepare(`
    SELECT a.id AS a, b.id AS b FROM face a JOIN face b ON b.photo_id = a.photo_id AND b.id > a.id
    WHERE a.person_id = ?1 AND b.person_id = ?1 AND a.gone = 0 AND b.gone = 0 AND a.${notMirror}
      AND NOT EXISTS (SELECT 1 FROM link WHERE a_id = a.id AND b_id = b.id AND same = 1)
    UNION SELECT a_id, b_id FROM link JOIN face a ON a.id = a_id JOIN face b ON b.id = b_id
    WHERE same = 0 AND a.person_id = ?1 AND b.person_id = ?1`);
  const peopleOf = sql.prepare(`
    SELECT id, person_id AS person FROM face
    WHERE id IN (SELECT value FROM json_each(?)) AND gone = 0 AND person_id IS NOT NULL`);
  const besides = sql.prepare(`
    SELECT DISTINCT other.person_id AS person FROM face own JOIN face other ON other.photo_id = own.photo_id
    WHERE own.person_id = ?1 AND own.gone = 0 AND other.gone = 0 AND other.person_id <> ?1 AND own.${notMirror}`);
  const rejectedShare = sql.prepare(`
    SELECT avg(EXISTS (SELECT 1 FROM part_rejection WHERE part_id = face.part_id AND part_rejection.person_id = ?2)) AS share
    FROM face
    WHERE face.person_id = ?1 AND gone = 0`);
  return {
    peopleOf: (faces) =>
      new Map(peopleOf.all(JSON.stringify(faces)).map((row) => [Number(row['id']), Number(row['person'])])),
    besides: (person) => new Set(besides.all(person).map((row) => Number(row['person']))),
    rejectedShare: (person, other) => Number(rejectedShare.get(person, other)?.['share'] ?? 0),
    bestFaces: (person, count) => bestFaces.all(person, count).map((row) => Number(row['id'])),
    apart: (person) => Int32Array.from(apart.all(person).flatMap((row) => [Number(row['a']), Number(row['b'])])),
  };
}
