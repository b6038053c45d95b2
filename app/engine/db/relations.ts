import type { DatabaseSync } from 'node:sqlite';

/** What is asked of a person's faces when people are compared with one another. Only faces that are there count. */
export interface RelationQueries {
  /** The best faces of a person, at most `count`. */
  bestFaces(person: number, count: number): number[];
  /** Whom these faces are shown as; faces shown as nobody are left out. */
  peopleOf(faces: readonly number[]): Map<number, number>;
  /** People who are in a photo together with this one. */
  besides(person: number): Set<number>;
  /** The share of a person's faces that are said not to be `other`, 0 to 1. */
  rejectedShare(person: number, other: number): number;
  /** Pairs of its faces that are in one photo: a, b, a, b, … */
  samePhoto(person: number): Int32Array<ArrayBuffer>;
}

export function createRelationQueries(sql: DatabaseSync): RelationQueries {
  const bestFaces = sql.prepare(
    'SELECT id FROM face WHERE person_id = ? AND gone = 0 ORDER BY quality DESC, id LIMIT ?',
  );
  const samePhoto = sql.prepare(`
    SELECT a.id AS a, b.id AS b FROM face a JOIN face b ON b.photo_id = a.photo_id AND b.id > a.id
    WHERE a.person_id = ?1 AND b.person_id = ?1 AND a.gone = 0 AND b.gone = 0`);
  const peopleOf = sql.prepare(`
    SELECT id, person_id AS person FROM face
    WHERE id IN (SELECT value FROM json_each(?)) AND gone = 0 AND person_id IS NOT NULL`);
  const besides = sql.prepare(`
    SELECT DISTINCT other.person_id AS person FROM face own JOIN face other ON other.photo_id = own.photo_id
    WHERE own.person_id = ?1 AND own.gone = 0 AND other.gone = 0 AND other.person_id <> ?1`);
  const rejectedShare = sql.prepare(`
    SELECT avg(rejection.face_id IS NOT NULL) AS share FROM face
      LEFT JOIN rejection ON rejection.face_id = face.id AND rejection.person_id = ?2
    WHERE face.person_id = ?1 AND gone = 0`);
  return {
    peopleOf: (faces) =>
      new Map(peopleOf.all(JSON.stringify(faces)).map((row) => [Number(row['id']), Number(row['person'])])),
    besides: (person) => new Set(besides.all(person).map((row) => Number(row['person']))),
    rejectedShare: (person, other) => Number(rejectedShare.get(person, other)?.['share'] ?? 0),
    bestFaces: (person, count) => bestFaces.all(person, count).map((row) => Number(row['id'])),
    samePhoto: (person) =>
      Int32Array.from(samePhoto.all(person).flatMap((row) => [Number(row['a']), Number(row['b'])])),
  };
}
