import type { DatabaseSync } from 'node:sqlite';

import { watchTables } from './watch-tables.ts';

/** A photo as searches know it: id, camera time (null: unknown), upright width and height, faces there, camera. */
export type PhotoColumns = readonly [
  id: number,
  takenAt: number | null,
  width: number,
  height: number,
  faces: number,
  camera: string | null,
];

/** A face as searches know it. `part` is 0 for none, and -1 where the face is not there or nobody's for good. */
export type FaceColumns = readonly [id: number, photo: number, part: number];

/** Faces of one person (0: nobody), see `db/parts.ts`. */
export type PartColumns = readonly [id: number, person: number];

/** Reads what searches keep in memory, a stretch at a time, and hears which rows were written since. */
export interface ColumnReads {
  /** Photos with a date after this one in the order newest first, `count` at a time. */
  dated(after: readonly [takenAt: number, id: number], count: number): PhotoColumns[];
  /** Photos without a date and with a lower id, highest first, `count` at a time. */
  undated(below: number, count: number): PhotoColumns[];
  /** Faces with a higher id, lowest first, `count` at a time. */
  faces(after: number, count: number): FaceColumns[];
  photosOf(ids: readonly number[]): PhotoColumns[];
  facesOf(ids: readonly number[]): FaceColumns[];
  parts(): PartColumns[];
  partsOf(ids: readonly number[]): PartColumns[];
  favourites(): number[];
  /** Calls back for all that is written through this connection from now on, also what is rolled back. */
  watch(on: Readonly<Record<'photo' | 'face' | 'part', (id: number) => void>>): void;
  /** Calls back when a photo that was there gets another path. */
  watchPaths(changed: () => void): void;
  /** How SQLite goes about the reads that span the library, a line a step. */
  explain(): string[];
}

const photo = 'SELECT id, taken_at, width, height, faces, camera FROM photo';
const face = `
  SELECT id, photo_id, CASE WHEN gone OR EXISTS (SELECT 1 FROM not_person WHERE face_id = face.id) THEN -1
    ELSE coalesce(part_id, 0) END FROM face_row AS face`;
const part = 'SELECT id, coalesce(person_id, 0) FROM part';
const someIds = 'IN (SELECT value FROM json_each(?))';

const spanning = {
  dated: `${photo} WHERE (taken_at, id) < (?, ?) ORDER BY taken_at DESC, id DESC LIMIT ?`,
  undated: `${photo} WHERE taken_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?`,
  faces: `${face} WHERE id > ? ORDER BY id LIMIT ?`,
};

export function createColumnReads(sql: DatabaseSync): ColumnReads {
  /** Rows as arrays: half the time of objects. */
  const prepare = (text: string) => {
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    return statement;
  };
  const dated = prepare(spanning.dated);
  const undated = prepare(spanning.undated);
  const faces = prepare(spanning.faces);
  const photosOf = prepare(`${photo} WHERE id ${someIds}`);
  const facesOf = prepare(`${face} WHERE id ${someIds}`);
  const parts = prepare(part);
  const partsOf = prepare(`${part} WHERE id ${someIds}`);
  const favourites = sql.prepare('SELECT json_group_array(photo_id) AS ids FROM favourite');
  return {
    dated: ([at, id], count) => dated.all(at, id, count) as unknown as PhotoColumns[],
    undated: (below, count) => undated.all(below, count) as unknown as PhotoColumns[],
    faces: (after, count) => faces.all(after, count) as unknown as FaceColumns[],
    photosOf: (ids) => photosOf.all(JSON.stringify(ids)) as unknown as PhotoColumns[],
    facesOf: (ids) => facesOf.all(JSON.stringify(ids)) as unknown as FaceColumns[],
    parts: () => parts.all() as unknown as PartColumns[],
    partsOf: (ids) => partsOf.all(JSON.stringify(ids)) as unknown as PartColumns[],
    favourites: () => JSON.parse(String(favourites.get()?.['ids'])) as number[],
    watch: (on) => watchRows(sql, on),
    watchPaths: (changed) => watchTables(sql, [['UPDATE OF path ON main.photo', 'new.id']], changed),
    explain: () =>
      Object.values(spanning).flatMap((text) =>
        sql
          .prepare(`EXPLAIN QUERY PLAN ${text}`)
          .all()
          .map((row) => String(row['detail'])),
      ),
  };
}

function watchRows(sql: DatabaseSync, { photo, face, part }: Parameters<ColumnReads['watch']>[0]): void {
  const photoEvents = [
    ['INSERT ON main.photo', 'new.id'],
    ['UPDATE OF taken_at, width, height, faces, camera ON main.photo', 'new.id'],
    ['DELETE ON main.photo', 'old.id'],
  ] as const;
  const faceEvents = [
    ['INSERT ON main.face_row', 'new.id'],
    ['UPDATE OF photo_id, part_id, gone ON main.face_row', 'new.id'],
    ['DELETE ON main.face_row', 'old.id'],
    ['INSERT ON main.not_person', 'new.face_id'],
    ['DELETE ON main.not_person', 'old.face_id'],
  ] as const;
  const partEvents = [
    ['INSERT ON main.part', 'new.id'],
    ['UPDATE OF person_id ON main.part', 'new.id'],
  ] as const;
  watchTables(sql, photoEvents, photo);
  watchTables(sql, partEvents, part);
  watchTables(sql, faceEvents, face);
}
