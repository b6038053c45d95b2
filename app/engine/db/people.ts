import type { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

import { PersonId } from '../../contract/ids.ts';
import { FaceCard, Person } from '../../contract/model.ts';
import { settings } from '../settings.ts';
import { createPersonSummaries } from './person-summaries.ts';

/** Reading queries about people and their faces. Only faces that are there (gone = 0) count. */
export interface PeopleQueries {
  /** Named first, then by number of photos. Groups without a face are left out, people without a face are not. */
  list(hidden: boolean): Person[];
  get(id: number): Person | undefined;
  /** Named people, and groups without a name that have a face; hidden ones included. */
  counts(): { people: number; groups: number };
  named(): { id: number; name: string }[];
  name(id: number): { name: string | null } | undefined;
  /** Ms since 1970 as if UTC; null where nobody said. */
  birth(id: number): number | null;
  faceCount(person: number): number;
  /** Newest photo first. */
  faces(person: number, offset: number, limit: number): FaceCard[];
  /** Named, visible people most often in the same photos. */
  oftenWith(person: number, limit: number): { id: PersonId; name: string; photos: number }[];
  /** Its faces that no label says are it. */
  unlabelledFaces(person: number): number[];
  labelledFaces(person: number): number[];
  /** Faces that are said not to be it. */
  rejectedFaces(person: number): number[];
  /** Those of these faces that are there, with the person each is shown as. */
  present(faces: readonly number[]): { face: number; person: number | null }[];
  /** People whose chosen cover is among these faces. */
  coverOf(faces: readonly number[]): { person: number; face: number }[];
  hasPhoto(photo: number): boolean;
  /** Faces said to be nobody's, newest photo first. */
  notPeople(offset: number, limit: number): { total: number; faces: FaceCard[] };
}

const { shownPhotos, shownProminence } = settings.people;
const someFaces = 'IN (SELECT value FROM json_each(?))';

const summary = `
  SELECT person.id, name, hidden, coalesce(faces, 0) AS faces, coalesce(photos, 0) AS photos,
    first_at AS firstAt, last_at AS lastAt, birth, coalesce(prominence, 0) AS prominence,
    coalesce((SELECT id FROM face WHERE id = person.cover_id AND person_id = person.id AND gone = 0), best_id) AS cover
  FROM person LEFT JOIN person_summary ON person_id = person.id`;

export function createPeopleQueries(sql: DatabaseSync): PeopleQueries {
  /** Ids as one value: a person may have 50,000 faces. */
  const idsIn = (from: string, id = 'id') => {
    const statement = sql.prepare(`SELECT json_group_array(${id}) AS ids FROM ${from}`);
    return (person: number): number[] => JSON.parse(String(statement.get(person)?.['ids'])) as number[];
  };
  const summaries = createPersonSummaries(sql);
  const list = sql.prepare(`${summary}
    WHERE hidden <= ? AND (faces > 0 OR name IS NOT NULL) ORDER BY name IS NULL, photos DESC, person.id`);
  const get = sql.prepare(`${summary} WHERE person.id = ?`);
  const counts = sql.prepare(`
    SELECT count(name) AS people, count(*) - count(name) AS groups FROM person
    WHERE name IS NOT NULL OR EXISTS (SELECT 1 FROM face WHERE person_id = person.id AND gone = 0)`);
  const named = sql.prepare('SELECT id, name FROM person WHERE name IS NOT NULL ORDER BY id');
  const name = sql.prepare('SELECT name FROM person WHERE id = ?');
  const birth = sql.prepare('SELECT birth FROM person WHERE id = ?');
  const faceCount = sql.prepare('SELECT count(*) AS count FROM face WHERE person_id = ? AND gone = 0');
  // The page is chosen along an index; only its own faces are looked up.
  const faces = sql.prepare(`
    SELECT face.id, photo_id AS photo, quality, coalesce(strength = 'confirmed', 0) AS confirmed, takenAt
    FROM (
      SELECT face.id AS chosen, taken_at AS takenAt FROM face JOIN photo ON photo.id = photo_id
      WHERE face.person_id = ? AND gone = 0 ORDER BY taken_at DESC, face.id LIMIT ? OFFSET ?
    ) CROSS JOIN face ON face.id = chosen ORDER BY takenAt DESC, face.id`);
  const oftenWith = sql.prepare(`
    SELECT other.id, other.name, count(DISTINCT beside.photo_id) AS photos
    FROM face own JOIN face beside ON beside.photo_id = own.photo_id AND beside.person_id <> own.person_id
    JOIN person other ON other.id = beside.person_id
    WHERE own.person_id = ? AND own.gone = 0 AND beside.gone = 0 AND other.name IS NOT NULL AND other.hidden = 0
    GROUP BY other.id ORDER BY photos DESC, other.id LIMIT ?`);
  const unlabelled = idsIn('face WHERE person_id = ? AND gone = 0 AND label_id IS NULL');
  const labelled = idsIn('face WHERE label_id = ?');
  const rejected = idsIn('rejection WHERE person_id = ?', 'face_id');
  const present = sql.prepare(
    `SELECT id AS face, person_id AS person FROM face WHERE id ${someFaces} AND gone = 0 ORDER BY id`,
  );
  const hasPhoto = sql.prepare('SELECT 1 FROM photo WHERE id = ?');
  const notPeople = sql.prepare(`
    SELECT face.id, photo_id AS photo, quality, 1 AS confirmed, taken_at AS takenAt
    FROM not_person CROSS JOIN face ON face.id = face_id JOIN photo ON photo.id = photo_id
    WHERE gone = 0 ORDER BY taken_at DESC, face.id LIMIT ? OFFSET ?`);
  const countNotPeople = sql.prepare(
    'SELECT count(*) AS count FROM not_person CROSS JOIN face_row ON face_row.id = face_id WHERE gone = 0',
  );
  const coverOf = sql.prepare(`SELECT id AS person, cover_id AS face FROM person WHERE cover_id ${someFaces}`);

  return {
    list: (hidden) => {
      summaries.refresh();
      return list.all(Number(hidden)).map(readPerson);
    },
    get: (id) => {
      summaries.refresh();
      const row = get.get(id);
      return row && readPerson(row);
    },
    counts: () => counts.get() as { people: number; groups: number },
    named: () => named.all() as { id: number; name: string }[],
    name: (id) => name.get(id) as { name: string | null } | undefined,
    birth: (id) => (birth.get(id)?.['birth'] ?? null) as number | null,
    faceCount: (person) => Number(faceCount.get(person)?.['count']),
    faces: (person, offset, limit) => readCards(faces.all(person, limit, offset)),
    oftenWith: (person, limit) => oftenWith.all(person, limit) as { id: PersonId; name: string; photos: number }[],
    unlabelledFaces: unlabelled,
    labelledFaces: labelled,
    rejectedFaces: rejected,
    present: (some) => present.all(JSON.stringify(some)) as { face: number; person: number | null }[],
    hasPhoto: (photo) => hasPhoto.get(photo) !== undefined,
    notPeople: (offset, limit) => ({
      total: Number(countNotPeople.get()?.['count']),
      faces: readCards(notPeople.all(limit, offset)),
    }),
    coverOf: (some) => coverOf.all(JSON.stringify(some)) as { person: number; face: number }[],
  };
}

function readCards(rows: Record<string, unknown>[]): FaceCard[] {
  return z.array(FaceCard).parse(rows.map((row) => ({ ...row, confirmed: row['confirmed'] === 1 })));
}

function readPerson({ prominence: seen, ...row }: Record<string, unknown>): Person {
  const prominence = Number(seen);
  const photos = Number(row['photos']);
  const minor = row['name'] === null && (photos < shownPhotos || prominence < shownProminence);
  return { ...row, hidden: row['hidden'] === 1, relevance: photos * prominence, minor } as Person;
}
