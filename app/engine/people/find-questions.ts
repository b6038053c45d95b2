import type { PutOff } from '../db/review.ts';
import type { NearestPeople } from '../vector/nearest-people.ts';
import type { Askable } from './review-order.ts';

/** "Is this that person?", asked of a group without a name or of a single face. */
export interface Question extends Askable {
  /** The face shown: the one of the group that lies nearest to the person. */
  readonly face: number;
  /** 0 for a face in no group. */
  readonly group: number;
  readonly person: number;
  /** The person's face that lies nearest. */
  readonly nearest: number;
  /** Person at distance `runnerUp`, 0 for none. */
  readonly second: number;
}

export interface QuestionInput {
  readonly near: NearestPeople;
  /** Faces of nobody named, with their group (0: none): face, group, … */
  readonly open: Int32Array;
  /** face, person, …: the two are in one photo. */
  readonly besides: Int32Array;
  /** face, person, …: the face is said not to be that person. */
  readonly rejected: Int32Array;
  readonly putOff: readonly PutOff[];
}

interface Candidate {
  readonly face: number;
  readonly nearest: number;
  readonly distance: number;
}

/** One question a group or single face: whether it is the nearest person that it may be. */
export function findQuestions({ near, open, besides, rejected, putOff }: QuestionInput): Question[] {
  // A single face is a group of its own, under its id below zero.
  const groupOf = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (let i = 0; i < open.length; i += 2) {
    const [face, group] = [open[i] ?? 0, open[i + 1] ?? 0];
    const key = group || -face;
    groupOf.set(face, key);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  const together = countPairs(besides, groupOf);
  const refused = countPairs(rejected, groupOf);
  /** One photo together, or half of the faces said to be somebody else. */
  const mayBe = (key: number, person: number): boolean =>
    !together.has(`${key} ${person}`) && 2 * (refused.get(`${key} ${person}`) ?? 0) < (sizes.get(key) ?? 1);

  const candidates = new Map<number, Map<number, Candidate>>();
  for (const [row, face] of near.faces.entries()) {
    const key = groupOf.get(face);
    const person = near.people[row] ?? 0;
    if (key === undefined || !mayBe(key, person)) continue;
    const people = candidates.get(key) ?? new Map<number, Candidate>();
    const distance = near.distances[row] ?? Infinity;
    if (distance < (people.get(person)?.distance ?? Infinity)) {
      people.set(person, { face, nearest: near.nearest[row] ?? 0, distance });
    }
    candidates.set(key, people);
  }
  const put = new Map(putOff.map((one) => [`${groupOf.get(one.face) ?? 0} ${one.person}`, one]));
  return [...candidates].flatMap(([key, people]) => {
    const [first, second] = [...people].sort((a, b) => a[1].distance - b[1].distance || a[0] - b[0]);
    if (!first) return [];
    const [person, { face, nearest, distance }] = first;
    const settles = sizes.get(key) ?? 1;
    const runnerUp = second?.[1].distance ?? Infinity;
    const group = Math.max(0, key);
    return {
      face,
      group,
      person,
      nearest,
      distance,
      second: second?.[0] ?? 0,
      runnerUp,
      settles,
      put: put.get(`${key} ${person}`) ?? null,
    };
  });
}

function countPairs(pairs: Int32Array, groupOf: ReadonlyMap<number, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < pairs.length; i += 2) {
    const pair = `${groupOf.get(pairs[i] ?? 0) ?? 0} ${pairs[i + 1] ?? 0}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
