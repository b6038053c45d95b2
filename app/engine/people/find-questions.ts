import type { PutOff } from '../db/review.ts';
import { settings } from '../settings.ts';
import { adjustLikelihoods, likelihood } from './likelihood.ts';
import type { Askable } from './review-order.ts';
import type { NearPerson } from './rows-in-time.ts';

const { lookShare } = settings.people.ages;

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
  /** Mean day of the person's faces, since 1970, where only faces of other years are known; else null. */
  readonly otherDay: number | null;
}

export interface QuestionInput {
  readonly near: readonly NearPerson[];
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
export function findQuestions(input: QuestionInput): Question[] {
  const { units, putOff } = input;
  const unitByFace = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (let i = 0; i < units.length; i += 2) {
    const [face, unit] = [units[i] ?? 0, units[i + 1] ?? 0];
    unitByFace.set(face, unit);
    sizes.set(unit, (sizes.get(unit) ?? 0) + 1);
  }
  const put = new Map(putOff.map((one) => [`${unitByFace.get(one.face) ?? 0} ${one.person}`, one]));
  const found = [...rowsByUnit(input, unitByFace, sizes)].flatMap(([unit, rows]) => {
    const question = questionAbout(rows, input.evidence);
    if (!question) return [];
    return { ...question, settles: sizes.get(unit) ?? 1, put: put.get(`${unit} ${question.person}`) ?? null };
  });
  const likelihoods = adjustLikelihoods(found.map((question) => question.likelihood));
  return found.map((question, i) => ({ ...question, likelihood: likelihoods[i] ?? 0 }));
}

/** The rows of each unit, without people whom it cannot be: in one photo, or half of it said to be somebody else. */
function rowsByUnit(
  { near, besides, rejected }: QuestionInput,
  unitByFace: ReadonlyMap<number, number>,
  sizes: ReadonlyMap<number, number>,
): Map<number, NearPerson[]> {
  const together = countPairs(besides, unitByFace);
  const refused = countPairs(rejected, unitByFace);
  const rowsOf = new Map<number, NearPerson[]>();
  for (const row of near) {
    const { unit, person } = row;
    const pair = `${unit} ${person}`;
    if (together.has(pair) || 2 * (refused.get(pair) ?? 0) >= (sizes.get(unit) ?? 1)) continue;
    const rows = rowsOf.get(unit);
    if (rows) rows.push(row);
    else rowsOf.set(unit, [row]);
  }
  return rowsOf;
}

/** The question about the person whom the unit is nearest to. */
function questionAbout(rows: readonly NearPerson[], evidence: QuestionInput['evidence']) {
  const nearness = nearnessAmong(rows);
  const [own, next] = rows.toSorted((p, q) => nearness(p) - nearness(q) || p.person - q.person);
  if (!own) return undefined;
  const { unit, face, person, nearest, distance, average, otherDay } = own;
  return {
    face,
    group: Math.max(0, unit),
    person,
    nearest,
    distance,
    average,
    otherDay,
    second: next?.person ?? 0,
    runnerUp: next?.average ?? Infinity,
    likelihood: likelihood(evidence(nearness(own)), evidence(next ? nearness(next) : Infinity)),
  };
}

/**
 * How near a unit is to each of the people beside it, L2: on the average of all faces; where somebody is known from other
 * years only, by what the looks have in common, which lasts longer than what single photos do.
 */
function nearnessAmong(rows: readonly NearPerson[]): (row: NearPerson) => number {
  const acrossYears = rows.some(({ otherDay }) => otherDay !== null);
  return acrossYears ? ({ look }) => lookShare * look : ({ average }) => average;
}

function countPairs(pairs: Int32Array, unitOf: ReadonlyMap<number, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < pairs.length; i += 2) {
    const pair = `${unitOf.get(pairs[i] ?? 0) ?? 0} ${pairs[i + 1] ?? 0}`;
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
