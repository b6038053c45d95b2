import type { DatabaseSync } from 'node:sqlite';

import type { Label } from '../history/change.ts';
import { createSplit } from './part-pieces.ts';

/** All that facts and clusters say of a face. */
export interface FaceState {
  /** Whose face it is shown as. */
  readonly person: number | null;
  readonly label: Label | null;
  /** Whom it is not, in order of id. */
  readonly rejected: readonly number[];
}

/**
 * Faces of which the same is said lie in one part, where it is said once. What is said of all faces of a part changes
 * one row, however many they are; otherwise the fewer of them, those it is said of or the others, move to another part.
 */
export interface Parts {
  /** The faces among these that exist, by their state. */
  readonly states: (faces: readonly number[]) => { readonly state: FaceState; readonly faces: number[] }[];
  /** The people who are named in a state have to be there. */
  change(faces: readonly number[], to: (state: FaceState) => FaceState): void;
  /** Nothing that is said of no face at all keeps this person. */
  leave(person: number): void;
  clearEmpty(): void;
}

const blank: FaceState = { person: null, label: null, rejected: [] };

export function createParts(sql: DatabaseSync): Parts {
  const rows = createPartRows(sql);
  const split = createSplit(sql);
  const dropEmpty = sql.prepare('DELETE FROM part WHERE NOT EXISTS (SELECT 1 FROM face_row WHERE part_id = part.id)');
  const leaving = [
    'UPDATE part SET person_id = NULL WHERE person_id = ?',
    `DELETE FROM part WHERE label_id = ? AND NOT EXISTS (SELECT 1 FROM face_row WHERE part_id = part.id)`,
    `DELETE FROM part_rejection WHERE person_id = ?
       AND NOT EXISTS (SELECT 1 FROM face_row WHERE part_id = part_rejection.part_id)`,
  ].map((text) => sql.prepare(text));
  const stateOf = (part: number | null): FaceState => (part === null ? blank : rows.state(part));
  return {
    states: (faces) => split(faces).map(({ part, inside }) => ({ state: stateOf(part), faces: inside })),
    change: (faces, to) => {
      const moving: { readonly after: FaceState; readonly inside: readonly number[] }[] = [];
      for (const { part, inside, outside } of split(faces)) {
        const before = stateOf(part);
        const after = to(before);
        if (isSame(before, after)) continue;
        const others = part === null ? null : outside();
        if (part === null || others === null) {
          moving.push({ after, inside });
        } else {
          // Not to a part that is there: that one may be among those still to be changed.
          if (others.length > 0) rows.move(others, rows.apart(before));
          rows.set(part, after);
        }
      }
      for (const alike of Map.groupBy(moving, ({ after }) => JSON.stringify(after)).values()) {
        const [first] = alike;
        const all = alike.flatMap(({ inside }) => inside);
        if (first) rows.move(all, rows.having(first.after));
      }
    },
    leave: (person) => {
      for (const statement of leaving) statement.run(person);
    },
    clearEmpty: () => void dropEmpty.run(),
  };
}

function isSame(one: FaceState, other: FaceState): boolean {
  return (
    one.person === other.person &&
    one.label?.person === other.label?.person &&
    one.label?.strength === other.label?.strength &&
    one.rejected.length === other.rejected.length &&
    one.rejected.every((person, at) => person === other.rejected[at])
  );
}

function createPartRows(sql: DatabaseSync) {
  const get = sql.prepare('SELECT person_id AS person, label_id AS label, strength FROM part WHERE id = ?');
  const rejectedOf = sql.prepare('SELECT person_id AS person FROM part_rejection WHERE part_id = ? ORDER BY person_id');
  const add = sql.prepare('INSERT INTO part (person_id, label_id, strength) VALUES (?, ?, ?)');
  const set = sql.prepare('UPDATE part SET person_id = ?, label_id = ?, strength = ? WHERE id = ?');
  const reject = sql.prepare('INSERT INTO part_rejection (part_id, person_id) VALUES (?, ?)');
  const unreject = sql.prepare('DELETE FROM part_rejection WHERE part_id = ?');
  const move = sql.prepare('UPDATE face_row SET part_id = ? WHERE id IN (SELECT value FROM json_each(?))');
  const same = 'part.person_id IS ? AND label_id IS ? AND strength IS ?';
  const plain = sql.prepare(`
    SELECT id FROM part WHERE ${same} AND NOT EXISTS (SELECT 1 FROM part_rejection WHERE part_id = part.id) LIMIT 1`);
  // Found by the first of those whom they are not: there are few such parts.
  const rejecting = sql.prepare(`
    SELECT part.id FROM part_rejection CROSS JOIN part ON part.id = part_id WHERE ${same} AND part_rejection.person_id = ?
      AND (SELECT json_group_array(own.person_id ORDER BY own.person_id)
        FROM part_rejection own WHERE own.part_id = part.id) = ? LIMIT 1`);

  const putRejections = (part: number, rejected: readonly number[]): void => {
    for (const person of rejected) reject.run(part, person);
  };
  const columns = ({ person, label }: FaceState) => [person, label?.person ?? null, label?.strength ?? null] as const;
  const create = (state: FaceState): number => {
    const part = Number(add.run(...columns(state)).lastInsertRowid);
    putRejections(part, state.rejected);
    return part;
  };
  return {
    state: (part: number): FaceState => {
      const row = get.get(part);
      const strength = row?.['strength'] as Label['strength'] | null;
      return {
        person: row?.['person'] as number | null,
        label: strength && { person: Number(row?.['label']), strength },
        rejected: rejectedOf.all(part).map(({ person }) => Number(person)),
      };
    },
    set: (part: number, state: FaceState): void => {
      set.run(...columns(state), part);
      unreject.run(part);
      putRejections(part, state.rejected);
    },
    /** A part in which faces of that state belong; null where nothing is said. */
    having: (state: FaceState): number | null => {
      if (isSame(state, blank)) return null;
      const [first] = state.rejected;
      const known =
        first === undefined
          ? plain.get(...columns(state))
          : rejecting.get(...columns(state), first, JSON.stringify(state.rejected));
      if (known) return Number(known['id']);
      return create(state);
    },
    /** A new part for faces of that state; null where nothing is said. */
    apart: (state: FaceState): number | null => (isSame(state, blank) ? null : create(state)),
    move: (faces: readonly number[], part: number | null): void => void move.run(part, JSON.stringify(faces)),
  };
}
