import { setImmediate } from 'node:timers/promises';

import type { ReviewQueries } from '../db/review.ts';

/** Faces looked up before other requests get their turn: about 5 ms. */
const facesAtOnce = 2000;

/** Whom units cannot be: people in one photo with them, and people of whom half of their faces are said to be somebody else. */
export interface RuledOut {
  /** Looks up those of the units that are not known. */
  read(units: Iterable<number>): Promise<void>;
  /** For a unit that was read. */
  has(unit: number, person: number): boolean;
  forget(units: Iterable<number>): void;
}

/** @param facesOf the faces of a unit */
export function createRuledOut(review: ReviewQueries, facesOf: (unit: number) => readonly number[]): RuledOut {
  const people = new Map<number, ReadonlySet<number>>();
  const readSome = (units: readonly number[]): void => {
    const unitOf = new Map(units.flatMap((unit) => facesOf(unit).map((face) => [face, unit] as const)));
    const out = new Map(units.map((unit) => [unit, new Set<number>()]));
    const faces = [...unitOf.keys()];
    eachPair(review.besides(faces), (face, person) => out.get(unitOf.get(face) ?? 0)?.add(person));
    const refused = new Map<string, number>();
    eachPair(review.rejectedOf(faces), (face, person) => {
      const unit = unitOf.get(face) ?? 0;
      const times = (refused.get(`${unit} ${person}`) ?? 0) + 1;
      refused.set(`${unit} ${person}`, times);
      if (2 * times >= facesOf(unit).length) out.get(unit)?.add(person);
    });
    for (const [unit, some] of out) people.set(unit, some);
  };
  return {
    read: async (units) => {
      let [some, faces]: [number[], number] = [[], 0];
      for (const unit of units) {
        if (people.has(unit)) continue;
        some.push(unit);
        faces += facesOf(unit).length;
        if (faces < facesAtOnce) continue;
        readSome(some);
        [some, faces] = [[], 0];
        await setImmediate();
      }
      if (some.length > 0) readSome(some);
    },
    has: (unit, person) => people.get(unit)?.has(person) === true,
    forget: (units) => {
      for (const unit of units) people.delete(unit);
    },
  };
}

function eachPair(pairs: Int32Array, take: (face: number, person: number) => void): void {
  for (let i = 0; i < pairs.length; i += 2) take(pairs[i] ?? 0, pairs[i + 1] ?? 0);
}
