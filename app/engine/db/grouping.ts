import type { DatabaseSync } from 'node:sqlite';

import type { Label } from '../history/change.ts';
import { librarySettings } from './library-settings.ts';
import { createLinkQueries, type KeptLink } from './links.ts';
import { createParts } from './parts.ts';
import { groupedTo } from './photo-pages.ts';

type Ids = Int32Array<ArrayBuffer>;

export interface FaceState {
  readonly id: number;
  readonly photo: number;
  readonly quality: number;
  /** Person it is shown as, 0 for none. */
  readonly person: number;
}

/** What clustering reads and writes. `face.person_id` follows from facts and clusters; facts are never touched here. */
export interface GroupingQueries {
  /** Faces with an embedding of `version` that are there, in order of id, `count` at a time. */
  embeddings(version: string, after: number, count: number): { id: number; vector: Float32Array }[];
  embeddedIds(version: string): Ids;
  facesOfQuality(least: number): Ids;
  /** Pairs of faces in one photo, where nobody may be in it twice: a, b, a, b, … */
  samePhoto(): Ids;
  /** face, person, … */
  labelPairs(): Ids;
  rejectionPairs(): Ids;
  labels(): Map<number, Label>;
  rejections(): Map<number, Set<number>>;
  /** The faces after an id that are there, in order, `count` at a time: id, person, id, person, … (0: nobody). */
  shown(after: number, count: number): number[];
  faces(ids: readonly number[]): FaceState[];
  /** The faces there in the photos of these faces, where nobody may be in it twice. */
  facesBeside(ids: readonly number[]): FaceState[];
  /** People that these faces are not, or that a face is shown as which they are said to differ from. */
  rejectedFor(ids: readonly number[]): { face: number; person: number }[];
  /** Every pair of faces said to be, or not to be, the same. */
  links(): KeptLink[];
  namedPeople(): Set<number>;
  show(faces: readonly number[], person: number | null): void;
  addPerson(): number;
  /** Removes groups that have no face and that no fact speaks of. */
  clearEmptyGroups(): void;
  /** Remembers the newest face that a full grouping has seen. */
  setGroupedTo(face: number): void;
  groupedTo(): number;
  /** Remembers by which recognition the last full grouping was made. */
  setGroupedBy(version: string): void;
  /** Null where none was, or before it was remembered. */
  groupedBy(): string | null;
  count(): number;
}

const someFaces = 'IN (SELECT value FROM json_each(?))';
/** Faces that are somebody's. */
const ofSomebody = 'gone = 0 AND NOT EXISTS (SELECT 1 FROM not_person WHERE not_person.face_id = face.id)';
const groupedBy = 'grouped_by';
const faceState = 'id, photo_id AS photo, quality, coalesce(person_id, 0) AS person';

export function createGroupingQueries(sql: DatabaseSync): GroupingQueries {
  /** A statement whose rows come as arrays: half the time of objects, and it matters for 100,000 rows. */
  const flat = (text: string) => {
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    return (...values: (string | number)[]): Ids =>
      Int32Array.from((statement.all(...values) as unknown as number[][]).flat());
  };
  const embeddedIds = flat(
    `SELECT face_id FROM embedding JOIN face ON face.id = face_id WHERE version = ? AND ${ofSomebody} ORDER BY face_id`,
  );
  const facesOfQuality = flat('SELECT id FROM face WHERE gone = 0 AND quality >= ?');
  const samePhoto = flat(`
    SELECT a.id, b.id FROM face a JOIN face b ON b.photo_id = a.photo_id AND b.id > a.id
    WHERE a.gone = 0 AND b.gone = 0 AND a.photo_id NOT IN (SELECT photo_id FROM mirror)`);
  const labelPairs = flat('SELECT face_id, person_id FROM label');
  const rejectionPairs = flat('SELECT face_id, person_id FROM rejection');
  const shown = flat(`SELECT id, coalesce(person_id, 0) FROM face WHERE id > ? AND ${ofSomebody} ORDER BY id LIMIT ?`);
  const embeddings = sql.prepare(`
    SELECT face_id AS id, vector FROM embedding JOIN face ON face.id = face_id
    WHERE face_id > ? AND version = ? AND ${ofSomebody} ORDER BY face_id LIMIT ?`);
  const labels = sql.prepare('SELECT face_id AS face, person_id AS person, strength FROM label');
  const faces = sql.prepare(`SELECT ${faceState} FROM face WHERE id ${someFaces} AND ${ofSomebody}`);
  const facesBeside = sql.prepare(`
    SELECT ${faceState} FROM face WHERE gone = 0
      AND photo_id IN (SELECT photo_id FROM face WHERE id ${someFaces} EXCEPT SELECT photo_id FROM mirror)`);
  const rejectedFor = sql.prepare(`
    SELECT face_id AS face, person_id AS person FROM rejection WHERE face_id ${someFaces}
    UNION SELECT a_id, person_id FROM link JOIN face ON face.id = b_id
      WHERE same = 0 AND a_id ${someFaces} AND person_id IS NOT NULL
    UNION SELECT b_id, person_id FROM link JOIN face ON face.id = a_id
      WHERE same = 0 AND b_id ${someFaces} AND person_id IS NOT NULL`);
  const namedPeople = sql.prepare('SELECT id FROM person WHERE name IS NOT NULL');
  const getGroupedTo = sql.prepare(`SELECT CAST(value AS INTEGER) AS face FROM setting WHERE key = '${groupedTo}'`);
  const links = createLinkQueries(sql);
  const remembered = librarySettings(sql);
  const parts = createParts(sql);
  const addPerson = sql.prepare('INSERT INTO person (name) VALUES (NULL)');
  const clearEmptyGroups = sql.prepare(`
    DELETE FROM person
    WHERE name IS NULL AND hidden = 0 AND cover_id IS NULL AND birth IS NULL
      AND NOT EXISTS (SELECT 1 FROM part WHERE part.person_id = person.id)
      AND NOT EXISTS (SELECT 1 FROM part WHERE label_id = person.id)
      AND NOT EXISTS (SELECT 1 FROM part_rejection WHERE part_rejection.person_id = person.id)`);
  const setGroupedTo = sql.prepare(`
    INSERT INTO setting (key, value) VALUES ('${groupedTo}', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`);
  const count = sql.prepare('SELECT count(*) AS count FROM face_row WHERE gone = 0');
  const states = (rows: unknown): FaceState[] => rows as FaceState[];

  return {
    embeddings: (version, after, many) =>
      embeddings
        .all(after, version, many)
        .map((row) => ({ id: Number(row['id']), vector: floats(row['vector'] as Uint8Array) })),
    embeddedIds,
    facesOfQuality,
    samePhoto,
    labelPairs,
    rejectionPairs,
    labels: () => {
      const found = new Map<number, Label>();
      for (const row of labels.iterate()) {
        found.set(Number(row['face']), {
          person: Number(row['person']),
          strength: row['strength'] as Label['strength'],
        });
      }
      return found;
    },
    rejections: () => {
      const found = new Map<number, Set<number>>();
      const pairs = rejectionPairs();
      for (let i = 0; i < pairs.length; i += 2) {
        const face = pairs[i] ?? 0;
        found.set(face, (found.get(face) ?? new Set()).add(pairs[i + 1] ?? 0));
      }
      return found;
    },
    shown: (after, many) => Array.from(shown(after, many)),
    faces: (ids) => states(faces.all(JSON.stringify(ids))),
    facesBeside: (ids) => states(facesBeside.all(JSON.stringify(ids))),
    links: () => links.all(),
    namedPeople: () => new Set(namedPeople.all().map((row) => Number(row['id']))),
    setGroupedBy: (version) => remembered.set(groupedBy, version),
    groupedBy: () => remembered.get(groupedBy),
    groupedTo: () => Number(getGroupedTo.get()?.['face'] ?? 0),
    rejectedFor: (ids) =>
      rejectedFor
        .all(...Array.from({ length: 3 }, () => JSON.stringify(ids)))
        .map((row) => ({ face: Number(row['face']), person: Number(row['person']) })),
    show: (ids, person) => parts.change(ids, (state) => ({ ...state, person })),
    addPerson: () => Number(addPerson.run().lastInsertRowid),
    clearEmptyGroups: () => {
      parts.clearEmpty();
      clearEmptyGroups.run();
    },
    setGroupedTo: (face) => void setGroupedTo.run(String(face)),
    count: () => Number(count.get()?.['count']),
  };
}

/** A blob may begin at any byte, float32 only at every fourth. */
function floats(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}
