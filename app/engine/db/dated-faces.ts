import type { DatabaseSync } from 'node:sqlite';

import type { DatedFace } from '../people/prototypes.ts';

/** The time of a file is when it was copied or scanned, often decades after the photo: that says nothing of an age. */
export const isDated = `taken_at IS NOT NULL AND date_source <> 'file'`;

/** Faces whose photos have a date, with their vectors. */
export interface DatedFaceQueries {
  birth(person: number): number | null;
  /** The best faces that the user has said are this person, at most `count`. */
  ofPerson(person: number, version: string, count: number): DatedFace[];
  /** Undefined where the face has no date or no vector of `version`, or where the user has said whose it is. */
  open(face: number, version: string): DatedFace | undefined;
}

export function createDatedFaceQueries(sql: DatabaseSync): DatedFaceQueries {
  const birth = sql.prepare('SELECT birth FROM person WHERE id = ?');
  const ofPerson = sql.prepare(`
    SELECT taken_at AS taken, vector FROM face
      JOIN photo ON photo.id = photo_id JOIN embedding ON embedding.face_id = face.id AND version = ?
    WHERE label_id = ? AND gone = 0 AND ${isDated} ORDER BY quality DESC, face.id LIMIT ?`);
  const open = sql.prepare(`
    SELECT taken_at AS taken, vector FROM face
      JOIN photo ON photo.id = photo_id JOIN embedding ON embedding.face_id = face.id AND version = ?
    WHERE face.id = ? AND ${isDated} AND label_id IS NULL`);
  return {
    birth: (person) => (birth.get(person)?.['birth'] ?? null) as number | null,
    ofPerson: (person, version, count) => ofPerson.all(version, person, count).map(datedFace),
    open: (face, version) => {
      const row = open.get(version, face);
      return row && datedFace(row);
    },
  };
}

function datedFace(row: Record<string, unknown>): DatedFace {
  // A blob may begin at any byte, float32 only at every fourth.
  const bytes = row['vector'] as Uint8Array;
  return { taken: Number(row['taken']), vector: new Float32Array(bytes.slice().buffer) };
}
