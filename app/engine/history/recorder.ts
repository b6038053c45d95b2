import type { Facts } from '../db/facts.ts';
import { blankPerson, type Change, type Label, type PersonRow } from './change.ts';

/** The only way to change a fact: what it changes, it writes down. */
export interface Recorder {
  /** Adds a person and gives its id. */
  addPerson(row: PersonRow): number;
  changePerson(id: number, row: Partial<PersonRow>): void;
  /** Nothing may refer to it any more. */
  removePerson(id: number): void;
  /** These faces are this person, and shown as it: what spoke against that is taken back. */
  label(faces: readonly number[], label: Label): void;
  /** What was labelled as somebody is `to`, as sure as it was. */
  relabel(faces: readonly number[], to: number): void;
  unlabel(faces: readonly number[]): void;
  reject(faces: readonly number[], person: number): void;
  unreject(faces: readonly number[], person: number): void;
  markNotFace(faces: readonly number[]): void;
  /** Faces that the user drew, and that are gone until now, are there. */
  draw(faces: readonly number[]): void;
  show(faces: readonly number[], person: number | null): void;
  favour(photos: readonly number[], favourite: boolean): void;
  /** `at`: ms since 1970; null forgets the search. */
  saveSearch(query: string, at: number | null): void;
}

export function createRecorder(facts: Facts, changes: Change[]): Recorder {
  const make = (change: Change): void => {
    if ('faces' in change && change.faces.length === 0) return;
    facts.apply(change, 'after');
    changes.push(change);
  };
  const setLabel = (faces: readonly number[], after: Label | null): void => {
    const unlabelled = new Set(faces);
    for (const { value: before, faces: some } of facts.labels(faces)) {
      for (const face of some) unlabelled.delete(face);
      const same = before.person === after?.person && before.strength === after.strength;
      if (!same) make({ table: 'label', faces: some, before, after });
    }
    if (after) make({ table: 'label', faces: [...unlabelled], before: null, after });
  };
  const show = (faces: readonly number[], after: number | null): void => {
    for (const { value: before, faces: some } of facts.shownOtherwise(faces, after)) {
      make({ table: 'shown', faces: some, before, after });
    }
  };
  const unreject = (faces: readonly number[], person: number): void =>
    make({ table: 'rejection', faces: facts.rejected(faces, person), person, before: true, after: false });

  const label = (faces: readonly number[], after: Label): void => {
    setLabel(faces, after);
    unreject(faces, after.person);
    show(faces, after.person);
  };

  return {
    addPerson: (row) => {
      const id = facts.addPerson();
      make({ table: 'person', id, before: null, after: row });
      return id;
    },
    changePerson: (id, row) => {
      const before = facts.person(id) ?? blankPerson;
      const after = { ...before, ...row };
      const same = (Object.keys(after) as (keyof PersonRow)[]).every((field) => before[field] === after[field]);
      if (!same) make({ table: 'person', id, before, after });
    },
    removePerson: (id) => make({ table: 'person', id, before: facts.person(id) ?? blankPerson, after: null }),
    label,
    relabel: (faces, to) => {
      for (const { value: before, faces: some } of facts.labels(faces)) {
        make({ table: 'label', faces: some, before, after: { ...before, person: to } });
      }
      unreject(faces, to);
      show(faces, to);
    },
    unlabel: (faces) => setLabel(faces, null),
    reject: (faces, person) => {
      const held = new Set(facts.rejected(faces, person));
      make({ table: 'rejection', faces: faces.filter((face) => !held.has(face)), person, before: false, after: true });
    },
    unreject,
    markNotFace: (faces) => {
      const held = new Set(facts.notFaces(faces));
      make({ table: 'not_face', faces: faces.filter((face) => !held.has(face)), before: false, after: true });
    },
    draw: (faces) => make({ table: 'drawn', faces: [...faces], before: false, after: true }),
    show,
    favour: (photos, after) => {
      const held = new Set(facts.favourites(photos));
      const changed = photos.filter((photo) => held.has(photo) !== after);
      if (changed.length > 0) make({ table: 'favourite', photos: changed, before: !after, after });
    },
    saveSearch: (query, after) => {
      const before = facts.searchSavedAt(query);
      if (before !== after) make({ table: 'saved_search', query, before, after });
    },
  };
}
