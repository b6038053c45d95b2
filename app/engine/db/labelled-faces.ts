import type { DatabaseSync } from 'node:sqlite';

/** A face that the user said is a named person's. */
export interface LabelledFace {
  readonly id: number;
  readonly person: number;
  /** Longer side of the box, pixels of the photo. */
  readonly side: number;
  /** 0 to 1. */
  readonly sharpness: number;
  /** Years; null where the day of the photo or of the birth is not known. */
  readonly age: number | null;
}

export interface LabelledFaceQueries {
  /** Those after an id that are there, in order, `count` at a time. */
  after(id: number, count: number): LabelledFace[];
}

const yearMs = 365.25 * 24 * 3600 * 1000;

export function createLabelledFaceQueries(sql: DatabaseSync): LabelledFaceQueries {
  const after = sql.prepare(`
    SELECT face.id, label_id AS person, max(face.width, face.height) AS side, sharpness,
      (taken_at - birth) / ${yearMs} AS age
    FROM face JOIN person ON person.id = label_id JOIN photo ON photo.id = photo_id
    WHERE face.id > ? AND gone = 0 AND name IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM not_person WHERE not_person.face_id = face.id)
    ORDER BY face.id LIMIT ?`);
  return { after: (id, count) => after.all(id, count) as unknown as LabelledFace[] };
}
