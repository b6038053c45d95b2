import type { DatabaseSync } from 'node:sqlite';

export interface PutOff {
  readonly face: number;
  readonly person: number;
  readonly answer: 'skip' | 'unsure';
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the review queue reads and writes. Only faces that are there and people who are not hidden count. */
export interface ReviewQueries {
  /** Faces of named people after an id, in order, `count` at a time: face, person, face, person, … */
  namedFaces(after: number, count: number): Int32Array<ArrayBuffer>;
  /** Pairs that are in one photo where nobody may be twice: one of these faces, a named person, … */
  besides(faces: readonly number[]): Int32Array<ArrayBuffer>;
  /** One of these faces, a person that it is said not to be, … */
  rejectedOf(faces: readonly number[]): Int32Array<ArrayBuffer>;
  putOff(): PutOff[];
  putOffNow(question: PutOff): void;
  photoOf(face: number): number | undefined;
  /** Those of these faces that are shown as the person, with their photo and whether the user confirmed them. */
  facesOf(person: number, faces: readonly number[]): { face: number; photo: number; confirmed: boolean }[];
}

export function createReviewQueries(sql: DatabaseSync): ReviewQueries {
  const flat = (text: string) => {
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    return (...values: (number | string)[]): Int32Array<ArrayBuffer> =>
      Int32Array.from((statement.all(...values) as unknown as number[][]).flat());
  };
  const putOff = sql.prepare('SELECT face_id AS face, person_id AS person, answer, at FROM review');
  const put = sql.prepare('INSERT OR REPLACE INTO review (face_id, person_id, answer, at) VALUES (?, ?, ?, ?)');
  const photoOf = sql.prepare('SELECT photo_id AS photo FROM face WHERE id = ? AND gone = 0');
  const facesOf = sql.prepare(`
    SELECT id AS face, photo_id AS photo, coalesce(strength = 'confirmed', 0) AS confirmed
    FROM face
    WHERE id IN (SELECT value FROM json_each(?)) AND face.person_id = ? AND gone = 0`);
  const besides = flat(`
    SELECT face.id, other.person_id FROM json_each(?) AS asked CROSS JOIN face ON face.id = asked.value
      JOIN face other ON other.photo_id = face.photo_id AND other.id <> face.id
      JOIN person ON person.id = other.person_id
    WHERE other.gone = 0 AND person.name IS NOT NULL AND face.photo_id NOT IN (SELECT photo_id FROM mirror)`);
  const rejectedOf = flat(`
    SELECT face_row.id, part_rejection.person_id FROM json_each(?) AS asked CROSS JOIN face_row ON face_row.id = asked.value
      CROSS JOIN part_rejection ON part_rejection.part_id = face_row.part_id`);
  return {
    namedFaces: flat(`
      SELECT face.id, person.id FROM face CROSS JOIN person ON person.id = face.person_id
      WHERE face.id > ? AND gone = 0 AND name IS NOT NULL AND hidden = 0 ORDER BY face.id LIMIT ?`),
    besides: (faces) => besides(JSON.stringify(faces)),
    rejectedOf: (faces) => rejectedOf(JSON.stringify(faces)),
    putOff: () => putOff.all() as unknown as PutOff[],
    putOffNow: ({ face, person, answer, at }) => void put.run(face, person, answer, at),
    facesOf: (person, faces) =>
      facesOf.all(JSON.stringify(faces), person).map((row) => ({
        face: Number(row['face']),
        photo: Number(row['photo']),
        confirmed: row['confirmed'] === 1,
      })),
    photoOf: (face) => photoOf.get(face)?.['photo'] as number | undefined,
  };
}
