import type { DatabaseSync } from 'node:sqlite';

/** A photo below a folder with one of its faces, or with none (`face` null). */
export interface FaceBelow {
  readonly photo: number;
  readonly path: string;
  readonly photoWidth: number;
  readonly photoHeight: number;
  readonly face: number | null;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly person: number | null;
}

/** What evaluation reads. */
export interface EvaluationFaces {
  /** Photos whose path begins with `prefix`, by path, with each face that has a vector of `version`. */
  below(prefix: string, version: string): FaceBelow[];
  vector(face: number, version: string): Float32Array;
}

export function createEvaluationFaces(sql: DatabaseSync): EvaluationFaces {
  const below = sql.prepare(`
    SELECT photo.id AS photo, path, photo.width AS photoWidth, photo.height AS photoHeight,
      face.id AS face, face.left, face.top, face.width, face.height,
      (SELECT person_id FROM part WHERE part.id = part_id) AS person
    FROM photo LEFT JOIN (face_row AS face JOIN embedding ON embedding.face_id = face.id AND embedding.version = :version)
      ON face.photo_id = photo.id AND face.gone = 0
    WHERE path >= :prefix AND path < :end ORDER BY path, face.id`);
  const vector = sql.prepare('SELECT vector FROM embedding WHERE face_id = ? AND version = ?');
  return {
    // In UTF-8, as SQLite compares, nothing that begins with the prefix comes after it and the last code point.
    below: (prefix, version) => below.all({ prefix, end: `${prefix}\u{10ffff}`, version }) as unknown as FaceBelow[],
    vector: (face, version) => {
      const bytes = vector.get(face, version)?.['vector'] as Uint8Array;
      // A blob may begin at any byte.
      return new Float32Array(bytes.slice().buffer);
    },
  };
}
