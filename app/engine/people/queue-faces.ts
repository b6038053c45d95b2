import { setImmediate } from 'node:timers/promises';

import { Failure } from '../../contract/errors.ts';
import type { QueueFace, QueueReads } from '../db/queue-reads.ts';
import { createGrowing } from '../search/growing.ts';
import type { ChangedKeys } from '../vector/kept-nearness.ts';
import { looksOf, type Look, type Times } from './looks.ts';

/** Rows read before other requests get their turn: about 5 ms. */
const rowsAtOnce = 5000;

/** What became of the faces that changed. */
export interface ChangedFaces {
  /** Keys of people are those of looks. */
  readonly keys: ChangedKeys;
  /** Units that have lost or won faces. */
  readonly units: ReadonlySet<number>;
  /** Named people who have lost or won faces, or whose faces are of other days. */
  readonly people: ReadonlySet<number>;
  /** Looks that are no more. */
  readonly looks: ReadonlySet<Look>;
}

/**
 * Whose the faces of a library are, in memory: 12 bytes a face and 8 more for its place. A *unit* is a group without a
 * name, under its id, or a face in no group, under its own id below zero. Named people are parted into looks, whose
 * numbers are never used again.
 */
export interface QueueFaces {
  /** Reads everything. */
  load(signal: AbortSignal): Promise<ChangedFaces>;
  /** Reads some faces again, and when people were born. */
  reread(faces: readonly number[]): ChangedFaces;
  /** Looks of a person if these faces were that person's as well, under numbers that stay free, and the keys for that. */
  suppose(
    person: number,
    faces: readonly number[],
  ): { readonly looks: ReadonlyMap<number, Look>; readonly keys: ChangedKeys };
  readonly look: (key: number) => Look | undefined;
  looksOf(person: number): readonly Look[];
  /** Of a unit or a named person, ascending. */
  readonly facesOf: (owner: number) => readonly number[];
  /** 0: of none. */
  readonly unitOf: (face: number) => number;
  /** Mean day of a unit; undefined where nobody knows, or where its faces are of so many years that it has several looks. */
  dayOf(unit: number): number | undefined;
}

interface Place {
  readonly own: number;
  /** Whether that is a named person. */
  readonly named: boolean;
  readonly day: number;
}

export function createQueueFaces(reads: QueueReads, births: () => Times['birthOf']): QueueFaces {
  /** By face: its person, or its own id below zero; 0 where it does not count. */
  const owner = createGrowing((length) => new Int32Array(length));
  const day = createGrowing((length) => new Float64Array(length), NaN);
  const faces = new Map<number, readonly number[]>();
  const named = new Set<number>();
  const looks = new Map<number, Look>();
  const looksBy = new Map<number, { readonly first: number; readonly looks: readonly Look[] }>();
  let nextLook = 1;
  let birthOf: Times['birthOf'] = new Map();
  const none: readonly number[] = [];
  const dayOf = {
    get: (face: number): number | undefined => {
      const known = day.get(face);
      return Number.isNaN(known) ? undefined : known;
    },
  };

  /** Parts a person into looks anew, and adds their keys. Gives the former ones. */
  const partIntoLooks = (person: number, keys: number[]): readonly Look[] => {
    const former = looksBy.get(person);
    const gone = former?.looks ?? [];
    for (let at = 0; at < gone.length; at++) looks.delete((former?.first ?? 0) + at);
    looksBy.delete(person);
    const own = named.has(person) ? (faces.get(person) ?? none) : none;
    if (own.length === 0) return gone;
    const first = nextLook;
    const parted = looksOf(Int32Array.from(own.flatMap((face) => [face, person])), { dayOf, birthOf });
    for (const look of parted.looks) looks.set(nextLook++, look);
    looksBy.set(person, { first, looks: parted.looks });
    for (let i = 0; i < parted.keys.length; i += 2)
      keys.push(parted.keys[i] ?? 0, (parted.keys[i + 1] ?? 0) + first - 1);
    return gone;
  };

  /** Brings faces up to date; those of `ids` without a row do not count any more. */
  const put = (ids: readonly number[], rows: readonly QueueFace[]): ChangedFaces => {
    const before = new Map(ids.map((face) => [face, placeOf(face)]));
    for (const face of ids) owner.set(face, 0);
    for (const [face, person, isNamed, at] of rows) {
      const own = person || -face;
      owner.set(face, own);
      day.set(face, at ?? NaN);
      if (isNamed === 1) named.add(own);
      else named.delete(own);
    }
    const moved = ids.filter((face) => {
      const [was, is] = [before.get(face), placeOf(face)];
      return was?.own !== is.own || was.named !== is.named;
    });
    const [units, people] = [new Set<number>(), new Set<number>()];
    const touch = ({ own, named: isPerson }: Place): unknown => own !== 0 && (isPerson ? people : units).add(own);
    for (const face of ids) {
      const [was, is] = [before.get(face), placeOf(face)];
      if (was && is.named && !Object.is(was.day, is.day)) touch(is);
    }
    for (const face of moved) {
      const was = before.get(face);
      if (was) touch(was);
      touch(placeOf(face));
    }
    regather(new Set([...units, ...people]), moved);
    return tell(moved, units, people);
  };

  const placeOf = (face: number): Place => {
    const own = owner.get(face);
    return { own, named: named.has(own), day: day.get(face) };
  };

  const regather = (owners: ReadonlySet<number>, moved: readonly number[]): void => {
    const members = new Map<number, number[]>();
    for (const own of owners)
      members.set(
        own,
        (faces.get(own) ?? none).filter((face) => owner.get(face) === own),
      );
    for (const face of moved) members.get(owner.get(face))?.push(face);
    for (const [own, some] of members) {
      if (some.length > 0)
        faces.set(
          own,
          [...new Set(some)].sort((a, b) => a - b),
        );
      else {
        faces.delete(own);
        named.delete(own);
      }
    }
  };

  const tell = (moved: readonly number[], units: ReadonlySet<number>, people: Set<number>): ChangedFaces => {
    const former = birthOf;
    birthOf = births();
    for (const [person, { looks: its }] of looksBy) {
      if (its.length > 0 && former.get(person) !== birthOf.get(person)) people.add(person);
    }
    const gone = new Set<Look>();
    const [unitKeys, lookKeys]: [number[], number[]] = [[], []];
    for (const face of moved) {
      const { own, named: isPerson } = placeOf(face);
      unitKeys.push(face, isPerson ? 0 : own);
      if (!isPerson) lookKeys.push(face, 0);
    }
    for (const person of people) for (const look of partIntoLooks(person, lookKeys)) gone.add(look);
    return {
      keys: { units: Int32Array.from(unitKeys), people: Int32Array.from(lookKeys) },
      units,
      people,
      looks: gone,
    };
  };

  return {
    load: async (signal) => {
      const rows: QueueFace[] = [];
      for (let after = 0; ;) {
        const some = reads.faces(after, rowsAtOnce);
        for (const row of some) rows.push(row);
        after = some.at(-1)?.[0] ?? 0;
        if (some.length < rowsAtOnce) break;
        await setImmediate();
        if (signal.aborted) throw new Failure('cancelled', 'cancelled');
      }
      return put(
        rows.map(([face]) => face),
        rows,
      );
    },
    reread: (some) => put(some, reads.facesOf(some)),
    suppose: (person, more) => {
      const own = [...new Set([...(faces.get(person) ?? none), ...more])].sort((a, b) => a - b);
      const pairs = Int32Array.from(own.flatMap((face) => [face, person]));
      const parted = looksOf(pairs, { dayOf, birthOf });
      const people = parted.keys.map((value, i) => (i % 2 === 0 ? value : value + nextLook - 1));
      const supposed = new Map(parted.looks.map((look, at) => [nextLook + at, look]));
      return { looks: supposed, keys: { units: new Int32Array(0), people } };
    },
    look: (key) => looks.get(key),
    looksOf: (person) => looksBy.get(person)?.looks ?? [],
    facesOf: (own) => faces.get(own) ?? none,
    unitOf: (face) => {
      const own = owner.get(face);
      return named.has(own) ? 0 : own;
    },
    dayOf: (unit) => {
      const own = faces.get(unit) ?? none;
      const [only] = own;
      if (own.length === 1 && only !== undefined) return dayOf.get(only);
      const pairs = Int32Array.from(own.flatMap((face) => [face, unit]));
      const parted = looksOf(pairs, { dayOf, birthOf: new Map() }).looks;
      return parted.length === 1 ? (parted[0]?.day ?? undefined) : undefined;
    },
  };
}
