import type { GroupingDistances } from '../../contract/measures.ts';
import type { Facts, MarkTable } from '../db/facts.ts';
import type { FaceState } from '../db/parts.ts';
import { blankPerson, type Change, type Label, type PersonRow } from './change.ts';
import type { Said } from './said.ts';
import { createSettling } from './settling.ts';

type States = ReturnType<Facts['states']>;

/**
 * The only way to change a fact: what it changes, it writes down. Facts never contradict each other: at the end of an
 * action what cannot stand together with what is new is taken back, and kept as overruled (settling.ts).
 */
export interface Recorder {
  /** Adds a person and gives its id. */
  addPerson(row: PersonRow): number;
  changePerson(id: number, row: Partial<PersonRow>): void;
  /** It is part of `into` now; nothing may refer to it any more. */
  removePerson(id: number, into: number): void;
  /**
   * These faces are this person, and shown as it: what spoke against that is taken back. Rejections are overruled
   * where the faces only came along (`accepted`); who points at a face and names it has changed their mind.
   */
  label(faces: readonly number[], label: Label): void;
  /** What was labelled as somebody is `to`, as sure as it was. */
  relabel(faces: readonly number[], to: number): void;
  unlabel(faces: readonly number[]): void;
  /** These faces are not this person. Labels that say so have to be taken back before. */
  reject(faces: readonly number[], person: number): void;
  /** These faces are not this person, whatever was said and shown until now. */
  disown(faces: readonly number[], person: number): void;
  unreject(faces: readonly number[], person: number): void;
  /** Two faces are, or are not, the same person, whoever that is. */
  link(faces: readonly [number, number], same: boolean): void;
  markNotFace(faces: readonly number[]): void;
  /** Nobody's faces, or somebody's after all. */
  markNotPerson(faces: readonly number[], on: boolean): void;
  /** Faces that the user drew, and that are gone until now, are there. */
  draw(faces: readonly number[]): void;
  show(faces: readonly number[], person: number | null): void;
  /** Keeps that this was said and does not hold any more. */
  overrule(said: Said): void;
  /** It is no longer kept as overruled. */
  forgetOverruled(id: number, said: Said): void;
  /** A person may be in these photos more than once. */
  allowMirror(photos: readonly number[], on: boolean): void;
  favour(photos: readonly number[], favourite: boolean): void;
  /** `at`: ms since 1970; null forgets the search. */
  saveSearch(query: string, at: number | null): void;
  /** Groups by these distances where this version of the recognition is in force; null: by those of the model. */
  groupBy(version: string, distances: GroupingDistances | null): void;
  /** The action has said everything. */
  finish(): void;
}

export function createRecorder(facts: Facts, changes: Change[]): Recorder {
  const make = (change: Change): void => {
    if ('faces' in change && change.faces.length === 0) return;
    facts.apply(change, 'after');
    changes.push(change);
  };
  const setLabel = (states: States, after: Label | null): void => {
    for (const { value: before, faces } of alike(states, ({ label }) => label)) {
      const same = before?.person === after?.person && before?.strength === after?.strength;
      if (!same) make({ table: 'label', faces, before, after });
    }
  };
  const showThese = (states: States, after: number | null): void => {
    for (const { value: before, faces } of alike(states, ({ person }) => person)) {
      if (before !== after) make({ table: 'shown', faces, before, after });
    }
  };
  const show = (faces: readonly number[], person: number | null): void => showThese(facts.states(faces), person);
  const unreject = (states: States, person: number): number[] => {
    const faces = rejectedFor(states, person);
    make({ table: 'rejection', faces, person, before: true, after: false });
    return faces;
  };
  const mark = (table: Exclude<MarkTable, 'favourite' | 'mirror'>, faces: readonly number[], after: boolean): void => {
    const held = new Set(facts.marked(table, faces));
    make({ table, faces: faces.filter((face) => held.has(face) !== after), before: !after, after });
  };
  const markPhotos = (table: 'favourite' | 'mirror', photos: readonly number[], after: boolean): void => {
    const held = new Set(facts.marked(table, photos));
    const changed = photos.filter((photo) => held.has(photo) !== after);
    if (changed.length > 0) make({ table, photos: changed, before: !after, after });
  };
  const overrule = (said: Said): void =>
    make({ table: 'overruled', id: facts.nextOverruled(), said, before: false, after: true });
  const overruleRejections = (faces: number[], person: number): void => {
    if (faces.length > 0) overrule({ kind: 'is-not', faces, person });
  };
  const addPerson = (row: PersonRow): number => {
    const id = facts.addPerson();
    make({ table: 'person', id, before: null, after: row });
    return id;
  };
  const settling = createSettling(facts, { make, show, overrule, addPerson });

  const reject = (faces: readonly number[], person: number): void => {
    const others = facts.states(faces).filter(({ state }) => !state.rejected.includes(person));
    make({ table: 'rejection', faces: others.flatMap(({ faces: some }) => some), person, before: false, after: true });
    settling.rejected(faces, person);
  };

  return {
    addPerson,
    changePerson: (id, row) => {
      const before = facts.person(id) ?? blankPerson;
      const after = { ...before, ...row };
      const same = (Object.keys(after) as (keyof PersonRow)[]).every((field) => before[field] === after[field]);
      if (!same) make({ table: 'person', id, before, after });
    },
    removePerson: (id, into) =>
      make({ table: 'person', id, before: facts.person(id) ?? blankPerson, after: null, into }),
    label: (faces, label) => {
      const states = facts.states(faces);
      setLabel(states, label);
      mark('not_person', faces, false);
      const rejected = unreject(states, label.person);
      if (label.strength === 'accepted') overruleRejections(rejected, label.person);
      showThese(states, label.person);
      settling.labelled(faces);
    },
    relabel: (faces, to) => {
      const states = facts.states(faces);
      for (const { value: before, faces: some } of alike(states, ({ label }) => label)) {
        if (before) make({ table: 'label', faces: some, before, after: { ...before, person: to } });
      }
      overruleRejections(unreject(states, to), to);
      showThese(states, to);
      settling.labelled(faces);
    },
    unlabel: (faces) => setLabel(facts.states(faces), null),
    reject,
    disown: (faces, person) => {
      const states = facts.states(faces);
      setLabel(
        states.filter(({ state }) => state.label?.person === person),
        null,
      );
      showThese(
        states.filter(({ state }) => state.person === person),
        null,
      );
      reject(faces, person);
    },
    unreject: (faces, person) => void unreject(facts.states(faces), person),
    link: ([one, other], same) => {
      const pair: [number, number] = [Math.min(one, other), Math.max(one, other)];
      const known = facts.links.around(pair).find(({ a, b }) => a === pair[0] && b === pair[1]);
      // Said again: it is the newest word now. Said otherwise: a change of mind.
      if (known) make({ table: 'link', id: known.id, faces: pair, same: known.same, before: true, after: false });
      const id = facts.links.nextId();
      make({ table: 'link', id, faces: pair, same, before: false, after: true });
      settling.linked(pair, id);
    },
    markNotFace: (faces) => mark('not_face', faces, true),
    markNotPerson: (faces, on) => {
      mark('not_person', faces, on);
      settling.touched(faces);
    },
    draw: (faces) => make({ table: 'drawn', faces: [...faces], before: false, after: true }),
    show,
    overrule,
    forgetOverruled: (id, said) => make({ table: 'overruled', id, said, before: true, after: false }),
    allowMirror: (photos, on) => markPhotos('mirror', photos, on),
    favour: (photos, on) => markPhotos('favourite', photos, on),
    saveSearch: (query, after) => {
      const before = facts.searchSavedAt(query);
      if (before !== after) make({ table: 'saved_search', query, before, after });
    },
    groupBy: (version, after) =>
      make({ table: 'grouping_distances', version, before: facts.groupingDistances(version), after }),
    finish: settling.finish,
  };
}

function rejectedFor(states: States, person: number): number[] {
  return states.flatMap(({ state, faces }) => (state.rejected.includes(person) ? faces : []));
}

/** Faces of which something is the same, in one list each. */
function alike<T>(states: States, of: (state: FaceState) => T): { readonly value: T; readonly faces: number[] }[] {
  return [...Map.groupBy(states, ({ state }) => JSON.stringify(of(state))).values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    return { value: of(first.state), faces: some.length > 1 ? some.flatMap(({ faces }) => faces) : first.faces };
  });
}
