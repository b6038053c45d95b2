import type { DatabaseSync } from 'node:sqlite';

import type { Change, Label, PersonRow, Side } from '../history/change.ts';
import type { Said } from '../history/said.ts';
import { chosenDistances } from './chosen-distances.ts';
import { librarySettings } from './library-settings.ts';

const someFaces = 'IN (SELECT value FROM json_each(?))';

/** Brings the rows of a change to how they were before or after it. */
export function createFactWriter(sql: DatabaseSync): (change: Change, side: Side) => void {
  const write = createWriters(sql);
  const writers: { readonly [T in Change['table']]: (change: Extract<Change, { table: T }>, side: Side) => void } = {
    person: (change, side) => write.person(change.id, change[side]),
    label: (change, side) => {
      const [from, to] = side === 'after' ? [change.before, change.after] : [change.after, change.before];
      const { length } = change.faces;
      if (to && !from) write.staleByLabels(to.person, length);
      write.label(JSON.stringify(change.faces), from, to);
      if (from && !to) write.staleByLabels(from.person, length);
      if (from && to) for (const { person } of [from, to]) write.stale(person);
    },
    rejection: (change, side) => write.rejection(JSON.stringify(change.faces), change.person, change[side]),
    not_face: (change, side) => write.notFace(JSON.stringify(change.faces), change[side]),
    not_person: (change, side) => write.notPerson(JSON.stringify(change.faces), change[side]),
    drawn: (change, side) => write.drawn(JSON.stringify(change.faces), change[side]),
    link: (change, side) => write.link(change.id, change.faces, change.same, change[side]),
    overruled: (change, side) => write.overruled(change.id, change.said, change[side]),
    mirror: (change, side) => write.mirror(JSON.stringify(change.photos), change[side]),
    favourite: (change, side) => write.favourite(JSON.stringify(change.photos), change[side]),
    grouping_distances: (change, side) => write.groupingDistances(change.version, change[side]),
    saved_search: (change, side) => write.savedSearch(change.query, change[side]),
    shown: (change, side) => write.shown(JSON.stringify(change.faces), change[side]),
  };
  // The writer of a change's table takes that change: the types cannot say so.
  return (change, side) => writers[change.table](change as never, side);
}

/** `faces` and `photos` are JSON arrays. */
function createWriters(sql: DatabaseSync) {
  const stale = sql.prepare('INSERT OR IGNORE INTO person_stale VALUES (?)');
  // Labelled faces come first as covers: it makes no difference where all of them or none have a label.
  const staleByLabels = sql.prepare(`
    INSERT OR IGNORE INTO person_stale SELECT :person WHERE EXISTS (SELECT 1 FROM label WHERE person_id = :person)
      OR NOT EXISTS (SELECT 1 FROM person_summary WHERE person_id = :person AND faces = :faces)`);
  const setGone = sql.prepare(`UPDATE face SET gone = ? WHERE id ${someFaces}`);
  // Grouping may have shown it as somebody since.
  const setDrawn = sql.prepare(`
    UPDATE face SET gone = NOT ?1, person_id = iif(?1, person_id, NULL)
    WHERE id IN (SELECT value FROM json_each(?2))`);
  const putLink = sql.prepare('INSERT OR REPLACE INTO link (id, a_id, b_id, same) VALUES (?, ?, ?, ?)');
  const dropLink = sql.prepare('DELETE FROM link WHERE id = ?');
  const putOverruled = sql.prepare('INSERT OR REPLACE INTO overruled (id, said) VALUES (?, ?)');
  const dropOverruled = sql.prepare('DELETE FROM overruled WHERE id = ?');
  const putSearch = sql.prepare('INSERT OR REPLACE INTO saved_search (query, saved_at) VALUES (?, ?)');
  const dropSearch = sql.prepare('DELETE FROM saved_search WHERE query = ?');
  const mark = createMarks(sql);

  return {
    ...createPersonWriters(sql),
    stale: (person: number): void => void stale.run(person),
    staleByLabels: (person: number, faces: number): void => void staleByLabels.run({ person, faces }),
    notFace: (faces: string, on: boolean): void => {
      mark.notFace(faces, on);
      setGone.run(Number(on), faces);
    },
    notPerson: mark.notPerson,
    drawn: (faces: string, there: boolean): void => void setDrawn.run(Number(there), faces),
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

function createPersonWriters(sql: DatabaseSync) {
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
  // Faces that have a label by all accounts: half the work, and for 10,000 of them it shows.
  const changeLabels = sql.prepare(`UPDATE label SET person_id = ?, strength = ? WHERE face_id ${someFaces}`);
  const dropLabels = sql.prepare(`DELETE FROM label WHERE face_id ${someFaces}`);
  const putRejections = sql.prepare(
    `INSERT OR IGNORE INTO rejection (face_id, person_id) SELECT id, ? FROM face WHERE id ${someFaces}`,
  );
  const dropRejections = sql.prepare(`DELETE FROM rejection WHERE person_id = ? AND face_id ${someFaces}`);
  const show = sql.prepare(
    `UPDATE face SET person_id = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND person_id IS NOT ?1`,
  );
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
    label: (faces: string, from: Label | null, to: Label | null): void => {
      if (!to) return void dropLabels.run(faces);
      keepPerson.run(to.person);
      (from ? changeLabels : putLabels).run(to.person, to.strength, faces);
    },
    rejection: (faces: string, person: number, on: boolean): void => {
      if (!on) return void dropRejections.run(person, faces);
      keepPerson.run(person);
      putRejections.run(person, faces);
    },
    shown: (faces: string, person: number | null): void => {
      if (person !== null) keepPerson.run(person);
      show.run(person, faces);
    },
  };
}
