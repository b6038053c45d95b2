import type { DatabaseSync } from 'node:sqlite';

import type { GroupingDistances } from '../../contract/measures.ts';
import { placeLinked } from '../cluster/linked-faces.ts';
import type { Change, Label, PersonRow, Side } from '../history/change.ts';
import { chosenDistances } from './chosen-distances.ts';
import { createFactWriter } from './fact-writer.ts';
import { librarySettings } from './library-settings.ts';
import { createLinkQueries, type LinkQueries } from './links.ts';

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
  /** The faces or photos among these of which that is said. */
  marked(table: MarkTable, ids: readonly number[]): number[];
  /** What was said of pairs of faces. */
  readonly links: LinkQueries;
  /** Chosen for a version of the recognition; null: those of the model. */
  groupingDistances(version: string): GroupingDistances | null;
  /** An id for the next overruled statement. */
  nextOverruled(): number;
  /** Ms since 1970; null where it is not saved. */
  searchSavedAt(query: string): number | null;
  /** Brings the rows of a change to how they were before or after it. */
  apply(change: Change, side: Side): void;
  /** Shows faces as the facts say where the two disagree: labels first, then rejections, then links. */
  readonly repair: (faces: readonly number[]) => void;
}

export type Grouped<T> = { readonly value: T; readonly faces: number[] }[];

/** Tables that only say of a face or a photo that it is so. */
export type MarkTable = keyof typeof markColumns;
const markColumns = {
  not_face: 'face_id',
  not_person: 'face_id',
  favourite: 'photo_id',
  mirror: 'photo_id',
} as const;

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
  const rejectedOf = sql.prepare(`SELECT face_id AS id FROM rejection WHERE face_id ${someFaces} AND person_id = ?`);
  const markedIn = (table: MarkTable) => {
    const column = markColumns[table];
    return sql.prepare(`SELECT ${column} AS id FROM ${table} WHERE ${column} ${someFaces}`);
  };
  const marked = {
    not_face: markedIn('not_face'),
    not_person: markedIn('not_person'),
    favourite: markedIn('favourite'),
    mirror: markedIn('mirror'),
  };
  const savedAt = sql.prepare('SELECT saved_at AS at FROM saved_search WHERE query = ?');
  const lastOverruled = sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'overruled'");
  const ids = (rows: Record<string, unknown>[]): number[] => rows.map((row) => Number(row['id']));
  const links = createLinkQueries(sql);

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
    rejected: (faces, person) => ids(rejectedOf.all(JSON.stringify(faces), person)),
    marked: (table, some) => ids(marked[table].all(JSON.stringify(some))),
    links,
    groupingDistances: chosenDistances(librarySettings(sql)).of,
    nextOverruled: () => Number(lastOverruled.get()?.['seq'] ?? 0) + 1,
    searchSavedAt: (query) => (savedAt.get(query)?.['at'] ?? null) as number | null,
    apply: createFactWriter(sql),
    repair: createRepair(sql, links),
  };
}

function createRepair(sql: DatabaseSync, links: LinkQueries): (faces: readonly number[]) => void {
  // Nearly always none: one look at 20,000 faces instead of three attempts to change them.
  const wrong = sql.prepare(`
    SELECT json_group_array(face.id) AS faces FROM json_each(?) AS asked CROSS JOIN face ON face.id = asked.value
      LEFT JOIN label ON label.face_id = face.id
    WHERE iif(label.face_id IS NULL, 0, face.person_id IS NOT label.person_id) OR (face.person_id IS NOT NULL AND (
      EXISTS (SELECT 1 FROM rejection WHERE rejection.face_id = face.id AND rejection.person_id = face.person_id)
      OR EXISTS (SELECT 1 FROM not_person WHERE face_id = face.id) OR EXISTS (SELECT 1 FROM not_face WHERE face_id = face.id)))`);
  const showLabelled = sql.prepare(`
    UPDATE face SET person_id = label.person_id FROM label
    WHERE label.face_id = face.id AND face.person_id IS NOT label.person_id AND face.gone = 0 AND face.id ${someFaces}`);
  const hideRejected = sql.prepare(`
    UPDATE face SET person_id = NULL
    WHERE id ${someFaces} AND EXISTS (
      SELECT 1 FROM rejection WHERE rejection.face_id = face.id AND rejection.person_id = face.person_id)`);
  const hideMarked = sql.prepare(`
    UPDATE face SET person_id = NULL
    WHERE id ${someFaces} AND person_id IS NOT NULL AND (
      EXISTS (SELECT 1 FROM not_person WHERE face_id = face.id) OR EXISTS (SELECT 1 FROM not_face WHERE face_id = face.id))`);
  const show = sql.prepare(
    'UPDATE face SET person_id = nullif(?1, 0) WHERE id = ?2 AND person_id IS NOT nullif(?1, 0)',
  );
  return (faces) => {
    const list = String(wrong.get(JSON.stringify(faces))?.['faces']);
    if (list !== '[]') for (const statement of [showLabelled, hideRejected, hideMarked]) statement.run(list);
    const found = links.around(faces);
    for (const [face, person] of placeLinked(links.faces(found), found, () => 0)) show.run(person, face);
  };
}
