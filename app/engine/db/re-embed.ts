import type { DatabaseSync } from 'node:sqlite';

import type { JobState } from '../../contract/model.ts';
import type { KeptCrop } from '../image/media-service.ts';

export interface FaceToEmbed extends KeptCrop {
  readonly id: number;
}

/** What a change of the embedder reads and writes. Faces that are gone count: what the user undoes brings them back. */
export interface ReEmbedTable {
  /** Faces after an id that have a crop and no vector of `version`, in order, at most `count`. */
  lacking(version: string, after: number, count: number): FaceToEmbed[];
  countFaces(): number;
  countEmbedded(version: string): number;
  save(id: number, version: string, vector: Float32Array): void;
  /** Removes the vectors of `version` from the `count` faces after an id; gives the last of them, null at the end. */
  drop(version: string, after: number, count: number): number | null;
  /** A new job, or the one that the end of the program cut. */
  addJob(total: number, done: number, at: number): number;
  setJob(id: number, state: JobState, done: number, failed: number, problem: string | null, at: number | null): void;
  /** Whether an import is at work. */
  importRuns(): boolean;
}

export function reEmbedTable(sql: DatabaseSync): ReEmbedTable {
  const lacking = sql.prepare(`
    SELECT face.id, left, top, width, height, points, webp
    FROM crop JOIN face ON face.id = crop.face_id
    WHERE crop.face_id > ?
      AND NOT EXISTS (SELECT 1 FROM embedding WHERE embedding.face_id = crop.face_id AND version = ?)
    ORDER BY crop.face_id LIMIT ?`);
  const countFaces = sql.prepare('SELECT count(*) AS count FROM crop');
  const countEmbedded = sql.prepare('SELECT count(*) AS count FROM embedding WHERE version = ?');
  // Not of a face that was erased while it was being embedded.
  const save = sql.prepare(`
    INSERT OR REPLACE INTO embedding (face_id, version, vector) SELECT face_id, ?2, ?3 FROM crop WHERE face_id = ?1`);
  const lastOf = sql.prepare(`
    SELECT max(face_id) AS last FROM (SELECT face_id FROM crop WHERE face_id > ? ORDER BY face_id LIMIT ?)`);
  const drop = sql.prepare('DELETE FROM embedding WHERE face_id > ? AND face_id <= ? AND version = ?');
  const addJob = sql.prepare(`
    INSERT INTO job (kind, sources, walking, state, total, done, created_at)
    VALUES ('embed', '[]', 0, 'running', ?, ?, ?)`);
  const takeUp = sql.prepare(`
    UPDATE job SET total = ?, done = ?, failed = 0 WHERE kind = 'embed' AND state = 'running' RETURNING id`);
  const setJob = sql.prepare(
    'UPDATE job SET state = ?, done = ?, failed = ?, problem = ?, finished_at = ? WHERE id = ?',
  );
  const importRuns = sql.prepare("SELECT 1 FROM job WHERE kind = 'import' AND state = 'running' LIMIT 1");
  const countOf = (row: Record<string, unknown> | undefined): number => Number(row?.['count']);
  return {
    lacking: (version, after, count) => lacking.all(after, version, count).map(faceToEmbed),
    countFaces: () => countOf(countFaces.get()),
    countEmbedded: (version) => countOf(countEmbedded.get(version)),
    save: (id, version, vector) =>
      void save.run(id, version, new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)),
    drop: (version, after, count) => {
      const last = lastOf.get(after, count)?.['last'] as number | null;
      if (last !== null) drop.run(after, last, version);
      return last;
    },
    addJob: (total, done, at) => {
      const cut = takeUp.get(total, done);
      return Number(cut?.['id'] ?? addJob.run(total, done, at).lastInsertRowid);
    },
    setJob: (id, state, done, failed, problem, at) => void setJob.run(state, done, failed, problem, at, id),
    importRuns: () => importRuns.get() !== undefined,
  };
}

function faceToEmbed(row: Record<string, unknown>): FaceToEmbed {
  const points = row['points'] as Uint8Array | null;
  return {
    id: Number(row['id']),
    webp: row['webp'] as Uint8Array,
    face: {
      box: [Number(row['left']), Number(row['top']), Number(row['width']), Number(row['height'])],
      // Copied, because a row's bytes need not lie on a float's boundary.
      points: points && new Float32Array(new Uint8Array(points).buffer),
    },
  };
}
