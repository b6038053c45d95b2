import type { DatabaseSync } from 'node:sqlite';

import type { GroupingDistances } from '../../contract/measures.ts';
import { placeLinked } from '../cluster/linked-faces.ts';
import { chosenDistances } from './chosen-distances.ts';
import type { Change, PersonRow, Side } from '../history/change.ts';
import { createFactWriter } from './fact-writer.ts';
import { librarySettings } from './library-settings.ts';
import { createLinkQueries, type LinkQueries } from './links.ts';
import { createParts, type FaceState, type Parts } from './parts.ts';

/** Reads and writes what the user said, for many faces at a time. Every write belongs in a journalled action. */
export interface Facts {
  person(id: number): PersonRow | undefined;
  /** Adds a person without anything and gives its id. */
  addPerson(): number;
  /** The faces among these that exist, by what holds of them. */
  readonly states: Parts['states'];
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

/** Tables that only say of a face or a photo that it is so. */
export type MarkTable = keyof typeof markColumns;
const markColumns = {
  not_face: 'face_id',
  not_person: 'face_id',
  favourite: 'photo_id',
  mirror: 'photo_id',
} as const;

export function createFacts(sql: DatabaseSync): Facts {
  const parts = createParts(sql);
  const personById = sql.prepare('SELECT name, hidden, cover_id AS cover, birth FROM person WHERE id = ?');
  const addPerson = sql.prepare('INSERT INTO person (name) VALUES (NULL)');
  const savedAt = sql.prepare('SELECT saved_at AS at FROM saved_search WHERE query = ?');
  const lastOverruled = sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'overruled'");
  const links = createLinkQueries(sql);
  const marked = createMarked(sql);

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
    states: parts.states,
    marked,
    links,
    groupingDistances: chosenDistances(librarySettings(sql)).of,
    nextOverruled: () => Number(lastOverruled.get()?.['seq'] ?? 0) + 1,
    searchSavedAt: (query) => (savedAt.get(query)?.['at'] ?? null) as number | null,
    apply: createFactWriter(sql, parts),
    repair: createRepair(parts, links, marked),
  };
}

/** From so many on the few marks are read instead of looking up every face. */
const many = 500;

function createMarked(sql: DatabaseSync): Facts['marked'] {
  const statements = Object.fromEntries(
    Object.entries(markColumns).map(([table, column]) => [
      table,
      [`WHERE ${column} IN (SELECT value FROM json_each(?))`, ''].map((which) =>
        sql.prepare(`SELECT ${column} AS id FROM ${table} ${which}`),
      ),
    ]),
  );
  const ids = (rows: Record<string, unknown>[] = []): number[] => rows.map((row) => Number(row['id']));
  return (table, asked) => {
    const [some, all] = statements[table] ?? [];
    if (asked.length < many) return ids(some?.all(JSON.stringify(asked)));
    const marked = ids(all?.all());
    if (marked.length === 0) return [];
    const wanted = new Set(asked);
    return marked.filter((id) => wanted.has(id));
  };
}

/** As whom the facts say that a face is shown. */
function shownByFacts(state: FaceState): FaceState {
  const { label, person, rejected } = state;
  if (label) return { ...state, person: label.person };
  return person !== null && rejected.includes(person) ? { ...state, person: null } : state;
}

function createRepair(parts: Parts, links: LinkQueries, marked: Facts['marked']): Facts['repair'] {
  return (faces) => {
    parts.change(faces, shownByFacts);
    const nobodys = [...marked('not_person', faces), ...marked('not_face', faces)];
    parts.change(nobodys, (state) => ({ ...state, person: null }));
    const found = links.around(faces);
    const placed = placeLinked(links.faces(found), found, () => 0);
    for (const [face, person] of placed) parts.change([face], (state) => ({ ...state, person: person || null }));
  };
}
