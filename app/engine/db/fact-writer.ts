import type { DatabaseSync } from 'node:sqlite';

import type { Change, Label, PersonRow, Side } from '../history/change.ts';
import type { Said } from '../history/said.ts';
import { chosenDistances } from './chosen-distances.ts';
import { librarySettings } from './library-settings.ts';
import type { Parts } from './parts.ts';

const someFaces = 'IN (SELECT value FROM json_each(?))';

/** Brings the rows of a change to how they were before or after it. */
export function createFactWriter(sql: DatabaseSync, parts: Parts): (change: Change, side: Side) => void {
  const write = createWriters(sql, parts);
  const writers: { readonly [T in Change['table']]: (change: Extract<Change, { table: T }>, side: Side) => void } = {
    person: (change, side) => write.person(change.id, change[side]),
    label: (change, side) => write.label(change.faces, change[side]),
    rejection: (change, side) => write.rejection(change.faces, change.person, change[side]),
    not_face: (change, side) => write.notFace(JSON.stringify(change.faces), change[side]),
    not_person: (change, side) => write.notPerson(JSON.stringify(change.faces), change[side]),
    drawn: (change, side) => write.drawn(change.faces, change[side]),
    link: (change, side) => write.link(change.id, change.faces, change.same, change[side]),
    overruled: (change, side) => write.overruled(change.id, change.said, change[side]),
    mirror: (change, side) => write.mirror(JSON.stringify(change.photos), change[side]),
    favourite: (change, side) => write.favourite(JSON.stringify(change.photos), change[side]),
    grouping_distances: (change, side) => write.groupingDistances(change.version, change[side]),
    saved_search: (change, side) => write.savedSearch(change.query, change[side]),
    shown: (change, side) => write.shown(change.faces, change[side]),
  };
  // The writer of a change's table takes that change: the types cannot say so.
  return (change, side) => writers[change.table](change as never, side);
}

/** `faces` and `photos` are JSON arrays. */
function createWriters(sql: DatabaseSync, parts: Parts) {
  const setGone = sql.prepare(`UPDATE face_row SET gone = ? WHERE id ${someFaces}`);
  const putLink = sql.prepare('INSERT OR REPLACE INTO link (id, a_id, b_id, same) VALUES (?, ?, ?, ?)');
  const dropLink = sql.prepare('DELETE FROM link WHERE id = ?');
  const putOverruled = sql.prepare('INSERT OR REPLACE INTO overruled (id, said) VALUES (?, ?)');
  const dropOverruled = sql.prepare('DELETE FROM overruled WHERE id = ?');
  const putSearch = sql.prepare('INSERT OR REPLACE INTO saved_search (query, saved_at) VALUES (?, ?)');
  const dropSearch = sql.prepare('DELETE FROM saved_search WHERE query = ?');
  const mark = createMarks(sql);

  return {
    ...createPersonWriters(sql, parts),
    notFace: (faces: string, on: boolean): void => {
      mark.notFace(faces, on);
      setGone.run(Number(on), faces);
    },
    notPerson: mark.notPerson,
    drawn: (faces: readonly number[], there: boolean): void => {
      setGone.run(Number(!there), JSON.stringify(faces));
      // Grouping may have shown it as somebody since.
      if (!there) parts.change(faces, (state) => ({ ...state, person: null }));
    },
    link: (id: number, [a, b]: readonly [number, number], same: boolean, there: boolean): void => {
      if (there) putLink.run(id, a, b, Number(same));
      else dropLink.run(id);
    },
    overruled: (id: number, said: Said, there: boolean): void => {
      if (there) putOverruled.run(id, JSON.stringify(said));
      else dropOverruled.run(id);
    },
    mirror: mark.mirror,
    favourite: mark.favourite,
    savedSearch: (query: string, at: number | null): void => {
      if (at === null) dropSearch.run(query);
      else putSearch.run(query, at);
    },
    groupingDistances: chosenDistances(librarySettings(sql)).choose,
  };
}

/** Tables that only say of a face or a photo that it is so. */
function createMarks(sql: DatabaseSync) {
  const create = (table: string, column: string, of: 'face' | 'photo') => {
    const put = sql.prepare(`INSERT OR IGNORE INTO ${table} (${column}) SELECT id FROM ${of} WHERE id ${someFaces}`);
    const drop = sql.prepare(`DELETE FROM ${table} WHERE ${column} ${someFaces}`);
    return (ids: string, on: boolean): void => void (on ? put : drop).run(ids);
  };
  return {
    notFace: create('not_face', 'face_id', 'face'),
    notPerson: create('not_person', 'face_id', 'face'),
    mirror: create('mirror', 'photo_id', 'photo'),
    favourite: create('favourite', 'photo_id', 'photo'),
  };
}

function createPersonWriters(sql: DatabaseSync, parts: Parts) {
  const putPerson = sql.prepare(`
    INSERT INTO person (id, name, hidden, cover_id, birth) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      name = excluded.name, hidden = excluded.hidden, cover_id = excluded.cover_id, birth = excluded.birth`);
  // An unnamed group that an action speaks of may have been cleared away since; its id is its own for ever.
  const keepPerson = sql.prepare('INSERT OR IGNORE INTO person (id) VALUES (?)');
  const dropPerson = sql.prepare('DELETE FROM person WHERE id = ?');
  return {
    person: (id: number, row: PersonRow | null): void => {
      if (row) {
        putPerson.run(id, row.name, Number(row.hidden), row.cover, row.birth);
        return;
      }
      // Clustering may have given it faces since.
      parts.leave(id);
      dropPerson.run(id);
    },
    label: (faces: readonly number[], label: Label | null): void => {
      if (label) keepPerson.run(label.person);
      parts.change(faces, (state) => ({ ...state, label }));
    },
    rejection: (faces: readonly number[], person: number, on: boolean): void => {
      if (on) keepPerson.run(person);
      parts.change(faces, (state) => {
        const others = state.rejected.filter((one) => one !== person);
        return { ...state, rejected: on ? [...others, person].sort((a, b) => a - b) : others };
      });
    },
    shown: (faces: readonly number[], person: number | null): void => {
      if (person !== null) keepPerson.run(person);
      parts.change(faces, (state) => ({ ...state, person }));
    },
  };
}
