import type { DatabaseSync } from 'node:sqlite';

import { stripSaid, type Forgotten } from '../history/strip-change.ts';
import { createOverruledQueries } from './overruled.ts';

/** Takes people out of every table. The journal is another matter (history/forget-in-journal.ts). */
export interface Erasure {
  /** Faces shown or labelled as one of these people, those that are gone included. */
  facesOf(people: readonly number[]): number[];
  namesOf(people: readonly number[]): string[];
  /** Everything but the places of the faces goes: they keep a later scan from finding them again. */
  erase(forgotten: Forgotten): void;
}

export function createErasure(sql: DatabaseSync): Erasure {
  const facesOf = sql.prepare(`
    SELECT face_row.id FROM json_each(?) AS asked
      CROSS JOIN part ON part.person_id = asked.value OR label_id = asked.value
      CROSS JOIN face_row ON part_id = part.id
    GROUP BY face_row.id`);
  const namesOf = sql.prepare(
    'SELECT name FROM person WHERE name IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
  );
  const savedSearches = sql.prepare('SELECT query FROM saved_search');
  const overruled = createOverruledQueries(sql);
  const faceTables = ['crop', 'embedding', 'not_face', 'not_person', 'review'];
  const statements = (faces: string, people: string): [text: string, list: string][] => [
    // What is no longer there of other faces in the same photos: a look of the detector at the same person, may be.
    ...['crop', 'embedding'].map((table): [string, string] => [
      `DELETE FROM ${table} WHERE face_id IN (
         SELECT id FROM face WHERE gone = 1 AND NOT EXISTS (SELECT 1 FROM not_face WHERE face_id = face.id)
           AND NOT EXISTS (SELECT 1 FROM label WHERE face_id = face.id)
           AND photo_id IN (SELECT photo_id FROM face WHERE id IN (SELECT value FROM json_each(?))))`,
      faces,
    ]),
    ...faceTables.map((table): [string, string] => [
      `DELETE FROM ${table} WHERE face_id IN (SELECT value FROM json_each(?))`,
      faces,
    ]),
    ['DELETE FROM link WHERE a_id IN (SELECT value FROM json_each(?))', faces],
    ['DELETE FROM link WHERE b_id IN (SELECT value FROM json_each(?))', faces],
    ['UPDATE person SET cover_id = NULL WHERE cover_id IN (SELECT value FROM json_each(?))', faces],
    [
      `UPDATE face_row SET erased = 1, gone = 1, manual = 0, part_id = NULL, points = NULL, score = 0, sharpness = 0,
         yaw = 0, pitch = 0, roll = 0, quality = 0
       WHERE id IN (SELECT value FROM json_each(?))`,
      faces,
    ],
    ...['part WHERE person_id', 'part WHERE label_id', 'part_rejection WHERE person_id'].map(
      (which): [string, string] => [`DELETE FROM ${which} IN (SELECT value FROM json_each(?))`, people],
    ),
    ['DELETE FROM person_stale WHERE person_id IN (SELECT value FROM json_each(?))', people],
    ['DELETE FROM person WHERE id IN (SELECT value FROM json_each(?))', people],
  ];
  const dropSearch = sql.prepare('DELETE FROM saved_search WHERE query = ?');
  const dropOverruled = sql.prepare('DELETE FROM overruled WHERE id = ?');
  const putOverruled = sql.prepare('UPDATE overruled SET said = ? WHERE id = ?');

  return {
    facesOf: (people) => facesOf.all(JSON.stringify(people)).map((row) => Number(row['id'])),
    namesOf: (people) => namesOf.all(JSON.stringify(people)).map((row) => String(row['name'])),
    erase: (forgotten) => {
      const lists = [forgotten.faces, forgotten.people].map((ids) => JSON.stringify([...ids]));
      for (const [text, list] of statements(lists[0] ?? '[]', lists[1] ?? '[]')) sql.prepare(text).run(list);
      for (const row of savedSearches.all()) {
        const query = String(row['query']);
        if (forgotten.isSearch(query)) dropSearch.run(query);
      }
      for (const { id, said } of overruled.list()) {
        const left = stripSaid(said, forgotten);
        if (!left) dropOverruled.run(id);
        else if (left !== said) putOverruled.run(JSON.stringify(left), id);
      }
    },
  };
}
