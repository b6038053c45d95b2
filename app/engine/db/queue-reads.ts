import type { DatabaseSync } from 'node:sqlite';

import { isDated } from './dated-faces.ts';
import { dayOf } from './times.ts';
import { watchTables } from './watch-tables.ts';

/**
 * A face that is there as the review queue knows it: id, person (0: nobody's), whether the person has a name (1, 0), day
 * since 1970 (null: nobody knows). Faces of hidden people, and those that are nobody's for good, are left out.
 */
export type QueueFace = readonly [id: number, person: number, isNamed: number, day: number | null];

/** What was written since: ids of rows. */
export interface Written {
  readonly faces: Set<number>;
  readonly parts: Set<number>;
  readonly people: Set<number>;
  readonly photos: Set<number>;
  /** Faces that went for good or into another photo: nobody can tell whom they were beside. */
  readonly gone: Set<number>;
}

/** Reads what the review queue keeps in memory, and hears what was written since. */
export interface QueueReads {
  /** Faces with a higher id, lowest first, `count` at a time. */
  faces(after: number, count: number): QueueFace[];
  facesOf(ids: readonly number[]): QueueFace[];
  /** Into `written` from now on, also what is rolled back. */
  hear(written: Written): void;
  /** The faces that what was written speaks of. */
  facesWritten(written: Written): number[];
  /** The faces in the photos of these faces, themselves included. */
  facesInPhotos(faces: readonly number[]): number[];
}

const counting = `gone = 0 AND coalesce(person.hidden, 0) = 0
  AND (person.name IS NOT NULL OR NOT EXISTS (SELECT 1 FROM not_person WHERE face_id = face_row.id))`;
const select = `SELECT face_row.id, coalesce(person.id, 0), person.name IS NOT NULL,
  CASE WHEN ${isDated} THEN ${dayOf('taken_at')} END`;
const rest =
  'CROSS JOIN photo ON photo.id = photo_id LEFT JOIN part ON part.id = part_id LEFT JOIN person ON person.id = person_id';

export function createQueueReads(sql: DatabaseSync): QueueReads {
  const prepare = (text: string) => {
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    return (...values: (number | string)[]) => statement.all(...values) as unknown as number[][];
  };
  const faces = prepare(
    `${select} FROM face_row ${rest} WHERE face_row.id > ? AND ${counting} ORDER BY face_row.id LIMIT ?`,
  );
  const facesOf = prepare(
    `${select} FROM json_each(?) AS asked CROSS JOIN face_row ON face_row.id = asked.value ${rest} WHERE ${counting}`,
  );
  const ids = (text: string) => {
    const read = prepare(text);
    return (some: Iterable<number>): number[] => read(JSON.stringify([...some])).map(([id]) => id ?? 0);
  };
  const ofParts = ids('SELECT face_row.id FROM json_each(?) AS asked CROSS JOIN face_row ON part_id = asked.value');
  const ofPeople = ids(`
    SELECT face_row.id FROM json_each(?) AS asked CROSS JOIN part ON person_id = asked.value
      CROSS JOIN face_row ON part_id = part.id`);
  const ofPhotos = ids('SELECT face_row.id FROM json_each(?) AS asked CROSS JOIN face_row ON photo_id = asked.value');
  const photosOf = ids('SELECT photo_id FROM json_each(?) AS asked CROSS JOIN face_row ON face_row.id = asked.value');
  return {
    faces: (after, count) => faces(after, count) as unknown as QueueFace[],
    facesOf: (some) => facesOf(JSON.stringify(some)) as unknown as QueueFace[],
    hear: (written) => hear(sql, written),
    facesWritten: (written) => [
      ...new Set([
        ...written.faces,
        ...ofParts(written.parts),
        ...ofPeople(written.people),
        ...ofPhotos(written.photos),
      ]),
    ],
    facesInPhotos: (some) => ofPhotos(new Set(photosOf(some))),
  };
}

function hear(sql: DatabaseSync, { faces, parts, people, photos, gone }: Written): void {
  const faceEvents = [
    ['INSERT ON main.face_row', 'new.id'],
    ['UPDATE OF part_id, gone ON main.face_row', 'new.id'],
    ['INSERT ON main.not_person', 'new.face_id'],
    ['DELETE ON main.not_person', 'old.face_id'],
  ] as const;
  const goneEvents = [
    ['UPDATE OF photo_id ON main.face_row', 'new.id'],
    ['DELETE ON main.face_row', 'old.id'],
  ] as const;
  const partEvents = [
    ['UPDATE OF person_id ON main.part', 'new.id'],
    ['INSERT ON main.part_rejection', 'new.part_id'],
    ['DELETE ON main.part_rejection', 'old.part_id'],
  ] as const;
  const photoEvents = [
    ['UPDATE OF taken_at, date_source ON main.photo', 'new.id'],
    ['INSERT ON main.mirror', 'new.photo_id'],
    ['DELETE ON main.mirror', 'old.photo_id'],
  ] as const;
  watchTables(sql, faceEvents, (id) => faces.add(id));
  watchTables(sql, goneEvents, (id) => gone.add(id));
  watchTables(sql, partEvents, (id) => parts.add(id));
  watchTables(sql, [['UPDATE OF name, hidden, birth ON main.person', 'new.id']], (id) => people.add(id));
  watchTables(sql, photoEvents, (id) => photos.add(id));
}
