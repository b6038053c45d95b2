import type { DatabaseSync } from 'node:sqlite';

/** What is asked of a person's faces when people are compared with one another. Only faces that are there count. */
export interface RelationQueries {
  /** The best faces of a person, at most `count`. */
  bestFaces(person: number, count: number): number[];
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
  return {
    bestFaces: (person, count) => bestFaces.all(person, count).map((row) => Number(row['id'])),
    samePhoto: (person) =>
      Int32Array.from(samePhoto.all(person).flatMap((row) => [Number(row['a']), Number(row['b'])])),
  };
}
