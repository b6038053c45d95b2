import type { DatabaseSync } from 'node:sqlite';

import { HeadId } from '../../contract/ids.ts';
import { HeadVersion } from '../../contract/tuning.ts';
import { HeadDistances } from '../tune/distance-move.ts';

/** What is told of a head and never changes. */
export const HeadRecord = HeadVersion.omit({
  id: true,
  at: true,
  state: true,
  active: true,
  usable: true,
  embedder: true,
  from: true,
});
export type HeadRecord = ReturnType<typeof HeadRecord.parse>;

export interface StoredHead {
  readonly id: HeadId;
  readonly at: number;
  /** Embedding version. */
  readonly version: string;
  readonly embedder: string;
  readonly state: HeadVersion['state'];
  /** In use whenever the library uses that embedding version. */
  readonly active: boolean;
  readonly from: HeadId | null;
  /** Its weights are kept. */
  readonly whole: boolean;
  readonly record: HeadRecord;
}

export interface NewHead extends Omit<StoredHead, 'id' | 'active' | 'whole'> {
  /** dimensions × dimensions, row by row; null where nothing is to be adopted. */
  readonly weights: Float32Array | null;
  readonly distances: HeadDistances | null;
  /** Along with each other; person 0: guessed, or nobody known. */
  readonly faces: Int32Array;
  readonly people: Int32Array;
}

/** Heads, and the faces and people that they know. Callers choose the transaction. */
export interface HeadTable {
  add(head: NewHead): HeadId;
  /** Newest first. */
  list(): StoredHead[];
  get(id: HeadId): StoredHead | undefined;
  weights(id: HeadId): Float32Array<ArrayBuffer> | null;
  /** The one that is in use with an embedding version. */
  active(version: string): { readonly id: HeadId; readonly distances: HeadDistances } | undefined;
  /** Uses it with its embedding version; null: none. */
  activate(version: string, id: HeadId | null): void;
  setState(id: HeadId, state: HeadVersion['state']): void;
  /** Removes every head that knows one of these, and those that went on from it. Where one of them was in use, the newest that was adopted before takes its place. Gives how many. */
  forget(people: Iterable<number>, faces: Iterable<number>): number;
}

const columns = 'id, at, version, embedder, state, active, parent_id AS parent, weights IS NOT NULL AS whole, record';

export function createHeadTable(sql: DatabaseSync): HeadTable {
  const insert = sql.prepare(`
    INSERT INTO head (at, version, embedder, state, parent_id, weights, distances, record)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertFace = sql.prepare('INSERT INTO head_face (head_id, face_id, person_id) VALUES (?, ?, ?)');
  const list = sql.prepare(`SELECT ${columns} FROM head ORDER BY id DESC`);
  const get = sql.prepare(`SELECT ${columns} FROM head WHERE id = ?`);
  const weights = sql.prepare('SELECT weights FROM head WHERE id = ?');
  const active = sql.prepare('SELECT id, distances FROM head WHERE version = ? AND active = 1');
  const deactivate = sql.prepare('UPDATE head SET active = 0 WHERE version = ? AND active = 1');
  const activate = sql.prepare("UPDATE head SET active = 1, state = 'adopted' WHERE id = ? AND version = ?");
  const setState = sql.prepare('UPDATE head SET state = ? WHERE id = ?');
  const knowing = sql.prepare(`
    WITH RECURSIVE knowing (id) AS (
      SELECT head_id FROM head_face
      WHERE face_id IN (SELECT value FROM json_each(:faces)) OR person_id IN (SELECT value FROM json_each(:people))
      UNION SELECT head.id FROM head JOIN knowing ON parent_id = knowing.id)
    SELECT id, version, active FROM head WHERE id IN (SELECT id FROM knowing)`);
  const drop = sql.prepare('DELETE FROM head WHERE id IN (SELECT value FROM json_each(?))');
  const newestAdopted = sql.prepare(`
    SELECT max(id) AS id FROM head WHERE version = ? AND state = 'adopted' AND weights IS NOT NULL`);

  return {
    add: (head) => {
      const { lastInsertRowid } = insert.run(
        ...[head.at, head.version, head.embedder, head.state, head.from],
        ...[head.weights && bytesOf(head.weights), head.distances && JSON.stringify(head.distances)],
        JSON.stringify(head.record),
      );
      for (const [row, face] of head.faces.entries()) {
        const person = head.people[row] ?? 0;
        insertFace.run(lastInsertRowid, face, person === 0 ? null : person);
      }
      return HeadId.parse(Number(lastInsertRowid));
    },
    list: () => list.all().map(readHead),
    get: (id) => {
      const row = get.get(id);
      return row && readHead(row);
    },
    weights: (id) => {
      const bytes = (weights.get(id)?.['weights'] ?? null) as Uint8Array | null;
      // A blob may begin at any byte, float32 only at every fourth.
      return bytes && new Float32Array(bytes.slice().buffer);
    },
    active: (version) => {
      const row = active.get(version);
      if (!row) return undefined;
      return { id: HeadId.parse(row['id']), distances: HeadDistances.parse(JSON.parse(String(row['distances']))) };
    },
    activate: (version, id) => {
      deactivate.run(version);
      if (id !== null) activate.run(id, version);
    },
    setState: (id, state) => void setState.run(state, id),
    forget: (people, faces) => {
      const gone = knowing.all({ faces: JSON.stringify([...faces]), people: JSON.stringify([...people]) });
      drop.run(JSON.stringify(gone.map(({ id }) => id)));
      for (const { version } of gone.filter((head) => head['active'] === 1)) {
        const next = Number(newestAdopted.get(String(version))?.['id'] ?? 0);
        activate.run(next, String(version));
      }
      return gone.length;
    },
  };
}

function readHead(row: Record<string, unknown>): StoredHead {
  return {
    id: HeadId.parse(row['id']),
    at: Number(row['at']),
    version: String(row['version']),
    embedder: String(row['embedder']),
    state: HeadVersion.shape.state.parse(row['state']),
    active: row['active'] === 1,
    from: HeadVersion.shape.from.parse(row['parent']),
    whole: row['whole'] === 1,
    record: HeadRecord.parse(JSON.parse(String(row['record']))),
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
