import type { DatabaseSync } from 'node:sqlite';

/** What a head may be trained on. Only faces that are there, are somebody's and have a vector of the version count. */
export interface TrainingMaterial {
  /** People and faces that the user has spoken of, and the people of whom there are two faces or more. */
  counts(): { readonly people: number; readonly faces: number; readonly several: number };
  /** Faces after an id whose person the user said, in order, `count` at a time: see `MaterialRow`. */
  labelled(version: string, after: number, count: number): MaterialRow[];
  /** The same of faces that are nobody's with a name, at least so good; in place of the person the group, or 0. */
  unnamed(version: string, leastQuality: number, after: number, count: number): MaterialRow[];
  /** In order of id; each as it is in the library. */
  vectors(version: string, faces: readonly number[]): { readonly face: number; readonly bytes: Uint8Array }[];
  /** A face, a person whom it is said not to be, … */
  rejections(): Int32Array<ArrayBuffer>;
  /** Photos in which a person may be twice. */
  mirrors(): Int32Array<ArrayBuffer>;
  /** Pairs that are said to be one person (1) or two (0): a, b, 1, a, b, 0, … */
  links(): Int32Array<ArrayBuffer>;
  /** Those of these faces, with their person (face, person, …), that are no longer that person's. */
  takenBack(labels: readonly number[]): number;
  newestAction(): number;
  /** Faces that the user has spoken of since an action; counted up to `most`. */
  freshSince(action: number, most: number): number;
}

/** Face, person or group, photo, when it was taken (ms; null: nobody knows, or only the file says), quality. */
export type MaterialRow = [face: number, owner: number, photo: number, taken: number | null, quality: number];

export function createTrainingMaterial(sql: DatabaseSync): TrainingMaterial {
  const arrays = (text: string) => {
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    return statement;
  };
  const flat = (text: string) => {
    const statement = arrays(text);
    return (): Int32Array<ArrayBuffer> => Int32Array.from((statement.all() as unknown as number[][]).flat());
  };
  // The date of a file is that of its last copy: all of a library may share one.
  const taken = "CASE WHEN date_source = 'file' THEN NULL ELSE taken_at END";
  const usable = `gone = 0 AND NOT EXISTS (SELECT 1 FROM not_person WHERE not_person.face_id = face.id)
    AND EXISTS (SELECT 1 FROM embedding WHERE embedding.face_id = face.id AND version = ?)`;
  const counts = sql.prepare(`
    SELECT count(*) AS people, coalesce(sum(faces), 0) AS faces, coalesce(sum(faces > 1), 0) AS several
    FROM (SELECT count(*) AS faces FROM label GROUP BY person_id)`);
  const labelled = arrays(`
    SELECT face.id, label_id, photo_id, ${taken}, quality
    FROM face JOIN photo ON photo.id = photo_id
    WHERE ${usable} AND label_id IS NOT NULL AND face.id > ? ORDER BY face.id LIMIT ?`);
  const unnamed = arrays(`
    SELECT face.id, coalesce(face.person_id, 0), photo_id, ${taken}, quality
    FROM face JOIN photo ON photo.id = photo_id LEFT JOIN person ON person.id = face.person_id
    WHERE ${usable} AND quality >= ? AND name IS NULL AND label_id IS NULL
      AND face.id > ? ORDER BY face.id LIMIT ?`);
  const vectors = sql.prepare(`
    SELECT face_id AS face, vector AS bytes FROM embedding
    WHERE version = ? AND face_id IN (SELECT value FROM json_each(?)) ORDER BY face_id`);
  const takenBack = sql.prepare(`
    SELECT count(*) AS faces FROM json_each(?) AS said
    WHERE NOT EXISTS (SELECT 1 FROM label WHERE face_id = said.value ->> 0 AND person_id = said.value ->> 1)`);
  const newestAction = sql.prepare('SELECT coalesce(max(id), 0) AS id FROM action');
  const fresh = sql.prepare(`
    SELECT count(DISTINCT face) AS faces FROM (
      SELECT face.value AS face FROM action, json_each(changes) AS change, json_each(change.value, '$.faces') AS face
      WHERE action.id > ? AND undone = 0 AND change.value ->> 'table' IN ('label', 'rejection', 'link') LIMIT ?)`);
  return {
    counts: () => counts.get() as { people: number; faces: number; several: number },
    labelled: (version, after, count) => labelled.all(version, after, count) as unknown as MaterialRow[],
    unnamed: (version, quality, after, count) =>
      unnamed.all(version, quality, after, count) as unknown as MaterialRow[],
    vectors: (version, faces) =>
      vectors.all(version, JSON.stringify(faces)) as unknown as { face: number; bytes: Uint8Array }[],
    rejections: flat('SELECT face_id, person_id FROM rejection'),
    mirrors: flat('SELECT photo_id FROM mirror'),
    links: flat('SELECT a_id, b_id, same FROM link'),
    takenBack: (labels) => {
      const said = Array.from({ length: labels.length / 2 }, (_, i) => [labels[2 * i], labels[2 * i + 1]]);
      return Number(takenBack.get(JSON.stringify(said))?.['faces']);
    },
    newestAction: () => Number(newestAction.get()?.['id']),
    freshSince: (action, most) => Number(fresh.get(action, most)?.['faces']),
  };
}
