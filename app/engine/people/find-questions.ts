import type { PutOff } from '../db/review.ts';
import type { NearestPeople } from '../vector/nearest-people.ts';
import { adjustLikelihoods, likelihood } from './likelihood.ts';
import type { Askable } from './review-order.ts';

/** "Is this that person?", asked of a group without a name or of a single face. */
export interface Question extends Askable {
  /** The face shown: the one of the group that lies nearest to the person. */
  readonly face: number;
  /** 0 for a face in no group. */
  readonly group: number;
  readonly person: number;
  /** The person's face that lies nearest, L2. */
  readonly nearest: number;
  readonly distance: number;
  /** L2 on the average between all of the unit's faces and all of the person's. */
  readonly average: number;
  /** The next person, 0 for none, and their average distance, Infinity for none. */
  readonly second: number;
  readonly runnerUp: number;
}

export interface QuestionInput {
  readonly near: NearestPeople;
  /** Faces of nobody named, with their unit: face, unit, … */
  readonly units: Int32Array;
  /** face, person, …: the two are in one photo. */
  readonly besides: Int32Array;
  /** face, person, …: the face is said not to be that person. */
  readonly rejected: Int32Array;
  readonly putOff: readonly PutOff[];
  /** Of an L2 distance: see `createEvidence`. */
  readonly evidence: (distance: number) => number;
}

/** A face in no group is a unit of its own, under its id below zero: face, group, … → face, unit, … */
export function unitsOf(open: Int32Array): Int32Array<ArrayBuffer> {
  return Int32Array.from(open, (value, i) => (i % 2 === 1 && value === 0 ? -(open[i - 1] ?? 0) : value));
}

/** The unit that a question is about. */
export function unitOf({ face, group }: Question): number {
  return group || -face;
}

/** One question a unit: whether it is the person who is nearest to it of those that it may be. */
export function findQuestions({ near, units, besides, rejected, putOff, evidence }: QuestionInput): Question[] {
  const unitOf = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (let i = 0; i < units.length; i += 2) {
    const [face, unit] = [units[i] ?? 0, units[i + 1] ?? 0];
    unitOf.set(face, unit);
    sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
  }
  const together = countPairs(besides, unitOf);
  const refused = countPairs(rejected, unitOf);
  /** One photo together, or half of the faces said to be somebody else. */
  const mayBe = (unit: number, person: number): boolean =>
    !together.has(`${unit} ${person}`) && 2 * (refused.get(`${unit} ${person}`) ?? 0) < (sizes.get(unit) ?? 1);

  const rowsOf = new Map<number, number[]>();
  for (const [row, unit] of near.units.entries()) {
    if (!mayBe(unit, near.people[row] ?? 0)) continue;
    const rows = rowsOf.get(unit);
    if (rows) rows.push(row);
    else rowsOf.set(unit, [row]);
  }
  const put = new Map(putOff.map((one) => [`${unitOf.get(one.face) ?? 0} ${one.person}`, one]));
  const averageOf = (row: number): number => near.averages[row] ?? Infinity;
  const found = [...rowsOf].flatMap(([unit, rows]) => {
    const [row, next] = rows.sort(
      (p, q) => averageOf(p) - averageOf(q) || (near.people[p] ?? 0) - (near.people[q] ?? 0),
    );
    if (row === undefined) return [];
    const person = near.people[row] ?? 0;
    const [average, runnerUp] = [averageOf(row), next === undefined ? Infinity : averageOf(next)];
    return {
      face: near.faces[row] ?? 0,
      group: Math.max(0, unit),
      person,
      nearest: near.nearest[row] ?? 0,
      distance: near.distances[row] ?? Infinity,
      average,
      second: next === undefined ? 0 : (near.people[next] ?? 0),
      runnerUp,
      settles: sizes.get(unit) ?? 1,
      likelihood: likelihood(evidence(average), evidence(runnerUp)),
      put: put.get(`${unit} ${person}`) ?? null,
    };
  });
  const likelihoods = adjustLikelihoods(found.map((question) => question.likelihood));
  return found.map((question, i) => ({ ...question, likelihood: likelihoods[i] ?? 0 }));
}

function countPairs(pairs: Int32Array, unitOf: ReadonlyMap<number, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < pairs.length; i += 2) {
    const pair = `${unitOf.get(pairs[i] ?? 0) ?? 0} ${pairs[i + 1] ?? 0}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
