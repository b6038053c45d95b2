import type { DatabaseSync } from 'node:sqlite';

/** What the map of faces reads: those that are there and somebody's. */
export interface MapFaceQueries {
  total(): number;
  /** Faces to show, at most `count`: labelled ones first, evenly of all where there are more. In order of id. */
  choose(count: number): { face: number; person: number | null }[];
  names(): { id: number; name: string }[];
}

export function createMapFaceQueries(sql: DatabaseSync): MapFaceQueries {
  const there = `face.gone = 0 AND NOT EXISTS (SELECT 1 FROM not_person WHERE not_person.face_id = face.id)`;
  const total = sql.prepare(`SELECT count(*) AS count FROM face_row AS face WHERE ${there}`);
  // An odd number times the id is an even and fixed draw: Knuth's multiplicative hash.
  const choose = sql.prepare(`
    SELECT face, person FROM (
      SELECT face.id AS face, CASE WHEN name IS NULL THEN NULL ELSE person.id END AS person
      FROM face LEFT JOIN person ON person.id = face.person_id
      WHERE ${there}
      ORDER BY label_id IS NULL, name IS NULL, (face.id * 2654435761) & 4294967295 LIMIT ?)
    ORDER BY face`);
  const names = sql.prepare('SELECT id, name FROM person WHERE name IS NOT NULL ORDER BY id');
  return {
    total: () => Number(total.get()?.['count']),
    choose: (count) => choose.all(count) as { face: number; person: number | null }[],
    names: () => names.all() as { id: number; name: string }[],
  };
}
