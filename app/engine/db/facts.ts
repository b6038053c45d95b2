import type { DatabaseSync } from 'node:sqlite';

import type { Change, Label, PersonRow, Side } from '../history/change.ts';

/** Reads and writes what the user said, for many faces at a time. Every write belongs in a journalled action. */
export interface Facts {
  person(id: number): PersonRow | undefined;
  /** Adds a person without anything and gives its id. */
  addPerson(): number;
  /** The faces among these that have a label, by person and strength. */
  labels(faces: readonly number[]): Grouped<Label>;
  /** The faces among these that are shown as another than `person` (null: nobody), by whom they are shown as. */
  shownOtherwise(faces: readonly number[], person: number | null): Grouped<number | null>;
  /** The faces among these that are rejected for a person. */
  rejected(faces: readonly number[], person: number): number[];
  notFaces(faces: readonly number[]): number[];
  /** The photos among these that are favourites. */
  favourites(photos: readonly number[]): number[];
  /** Ms since 1970; null where it is not saved. */
  searchSavedAt(query: string): number | null;
  /** Brings the rows of a change to how they were before or after it. */
  apply(change: Change, side: Side): void;
  /** Shows faces as the facts say where the two disagree: labels first, then rejections. */
  repair(faces: readonly number[]): void;
}

export type Grouped<T> = { readonly value: T; readonly faces: number[] }[];

const someFaces = 'IN (SELECT value FROM json_each(?))';

export function createFacts(sql: DatabaseSync): Facts {
  const personById = sql.prepare('SELECT name, hidden, cover_id AS cover, birth FROM person WHERE id = ?');
  const addPerson = sql.prepare('INSERT INTO person (name) VALUES (NULL)');
  // Grouped by SQLite: a row for each group instead of one for each of 10,000 faces.
  const labelsOf = sql.prepare(`
    SELECT person_id AS person, strength, json_group_array(face_id) AS faces FROM label
    WHERE face_id ${someFaces} GROUP BY person_id, strength`);
  const shownOf = sql.prepare(`
    SELECT person_id AS person, json_group_array(id) AS faces FROM face
    WHERE id ${someFaces} AND person_id IS NOT ? GROUP BY person_id`);
  const rejectedOf = sql.prepare(`SELECT face_id AS face FROM rejection WHERE face_id ${someFaces} AND person_id = ?`);
  const notFacesOf = sql.prepare(`SELECT face_id AS face FROM not_face WHERE face_id ${someFaces}`);
  const favouritesOf = sql.prepare(
    'SELECT photo_id AS photo FROM favourite WHERE photo_id IN (SELECT value FROM json_each(?))',
  );
  const savedAt = sql.prepare('SELECT saved_at AS at FROM saved_search WHERE query = ?');
  const showLabelled = sql.prepare(`
    UPDATE face SET person_id = label.person_id FROM label
    WHERE label.face_id = face.id AND face.person_id IS NOT label.person_id AND face.gone = 0 AND face.id ${someFaces}`);
  const hideRejected = sql.prepare(`
    UPDATE face SET person_id = NULL
    WHERE id ${someFaces} AND EXISTS (
      SELECT 1 FROM rejection WHERE rejection.face_id = face.id AND rejection.person_id = face.person_id)`);
  const writers = createWriters(sql);
  const facesOf = (rows: Record<string, unknown>[]): number[] => rows.map((row) => Number(row['face']));

  return {
    person: (id) => {
      const row = personById.get(id);
      return (
        row && {
          name: row['name'] as string | null,
          hidden: row['hidden'] === 1,
          cover: row['cover'] as number | null,
          birth: row['birth'] as number | null,
        }
      );
    },
    addPerson: () => Number(addPerson.run().lastInsertRowid),
    labels: (faces) =>
      labelsOf.all(JSON.stringify(faces)).map((row) => ({
        value: { person: Number(row['person']), strength: row['strength'] as Label['strength'] },
        faces: JSON.parse(String(row['faces'])) as number[],
      })),
    shownOtherwise: (faces, person) =>
      shownOf.all(JSON.stringify(faces), person).map((row) => ({
        value: row['person'] as number | null,
        faces: JSON.parse(String(row['faces'])) as number[],
      })),
    rejected: (faces, person) => facesOf(rejectedOf.all(JSON.stringify(faces), person)),
    notFaces: (faces) => facesOf(notFacesOf.all(JSON.stringify(faces))),
    favourites: (photos) => favouritesOf.all(JSON.stringify(photos)).map((row) => Number(row['photo'])),
    searchSavedAt: (query) => (savedAt.get(query)?.['at'] ?? null) as number | null,
    apply: (change, side) => {
      switch (change.table) {
        case 'person': {
          writers.person(change.id, change[side]);
          return;
        }
        case 'label':
          // Labelled faces come first as covers.
          for (const label of [change.before, change.after]) if (label) writers.stale(label.person);
          {
            writers.label(JSON.stringify(change.faces), change[side]);
            return;
          }
        case 'rejection': {
          writers.rejection(JSON.stringify(change.faces), change.person, change[side]);
          return;
        }
        case 'not_face': {
          writers.notFace(JSON.stringify(change.faces), change[side]);
          return;
        }
        case 'drawn': {
          writers.drawn(JSON.stringify(change.faces), change[side]);
          return;
        }
        case 'favourite': {
          writers.favourite(JSON.stringify(change.photos), change[side]);
          return;
        }
        case 'saved_search': {
          writers.savedSearch(change.query, change[side]);
          return;
        }
        case 'shown': {
          writers.shown(JSON.stringify(change.faces), change[side]);
          return;
        }
      }
    },
    repair: (faces) => {
      const list = JSON.stringify(faces);
      showLabelled.run(list);
      hideRejected.run(list);
    },
  };
}

/** The writing half; `faces` is a JSON array. */
function createWriters(sql: DatabaseSync) {
  const putPerson = sql.prepare(`
    INSERT INTO person (id, name, hidden, cover_id, birth) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      name = excluded.name, hidden = excluded.hidden, cover_id = excluded.cover_id, birth = excluded.birth`);
  // An unnamed group that an action speaks of may have been cleared away since; its id is its own for ever.
  const keepPerson = sql.prepare('INSERT OR IGNORE INTO person (id) VALUES (?)');
  const leavePerson = sql.prepare('UPDATE face SET person_id = NULL WHERE person_id = ?');
  const dropPerson = sql.prepare('DELETE FROM person WHERE id = ?');
  const putLabels = sql.prepare(`
    INSERT INTO label (face_id, person_id, strength) SELECT id, ?, ? FROM face WHERE id ${someFaces}
    ON CONFLICT (face_id) DO UPDATE SET person_id = excluded.person_id, strength = excluded.strength`);
  const stale = sql.prepare('INSERT OR IGNORE INTO person_stale VALUES (?)');
  const dropLabels = sql.prepare(`DELETE FROM label WHERE face_id ${someFaces}`);
  const putRejections = sql.prepare(
    `INSERT OR IGNORE INTO rejection (face_id, person_id) SELECT id, ? FROM face WHERE id ${someFaces}`,
  );
  const dropRejections = sql.prepare(`DELETE FROM rejection WHERE person_id = ? AND face_id ${someFaces}`);
  const putNotFaces = sql.prepare(`INSERT OR IGNORE INTO not_face (face_id) SELECT id FROM face WHERE id ${someFaces}`);
  const dropNotFaces = sql.prepare(`DELETE FROM not_face WHERE face_id ${someFaces}`);
  const setGone = sql.prepare(`UPDATE face SET gone = ? WHERE id ${someFaces}`);
  // Grouping may have shown it as somebody since.
  const setDrawn = sql.prepare(`
    UPDATE face SET gone = NOT ?1, person_id = iif(?1, person_id, NULL)
    WHERE id IN (SELECT value FROM json_each(?2))`);
  const show = sql.prepare(
    `UPDATE face SET person_id = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND person_id IS NOT ?1`,
  );
  const putFavourites = sql.prepare(
    'INSERT OR IGNORE INTO favourite (photo_id) SELECT id FROM photo WHERE id IN (SELECT value FROM json_each(?))',
  );
  const dropFavourites = sql.prepare('DELETE FROM favourite WHERE photo_id IN (SELECT value FROM json_each(?))');
  const putSearch = sql.prepare('INSERT OR REPLACE INTO saved_search (query, saved_at) VALUES (?, ?)');
  const dropSearch = sql.prepare('DELETE FROM saved_search WHERE query = ?');

  return {
    person: (id: number, row: PersonRow | null): void => {
      if (row) {
        putPerson.run(id, row.name, Number(row.hidden), row.cover, row.birth);
        return;
      }
      // Clustering may have given it faces since.
      leavePerson.run(id);
      dropPerson.run(id);
    },
    stale: (person: number): void => void stale.run(person),
    label: (faces: string, label: Label | null): void => {
      if (!label) return void dropLabels.run(faces);
      keepPerson.run(label.person);
      putLabels.run(label.person, label.strength, faces);
    },
    rejection: (faces: string, person: number, on: boolean): void => {
      if (!on) return void dropRejections.run(person, faces);
      keepPerson.run(person);
      putRejections.run(person, faces);
    },
    notFace: (faces: string, on: boolean): void => {
      (on ? putNotFaces : dropNotFaces).run(faces);
      setGone.run(Number(on), faces);
    },
    drawn: (faces: string, there: boolean): void => void setDrawn.run(Number(there), faces),
    favourite: (photos: string, on: boolean): void => void (on ? putFavourites : dropFavourites).run(photos),
    savedSearch: (query: string, at: number | null): void => {
      if (at === null) dropSearch.run(query);
      else putSearch.run(query, at);
    },
    shown: (faces: string, person: number | null): void => {
      if (person !== null) keepPerson.run(person);
      show.run(person, faces);
    },
  };
}
