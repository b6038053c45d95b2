import { settings } from '../settings.ts';
import { likelihood } from './likelihood.ts';
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

/** What may be asked of a unit, as long as nothing around it changes. */
export type UnitQuestion = Omit<Question, 'settles' | 'put'>;

/** What would be asked if faces were a person's already. */
export interface Supposing {
  readonly faces: readonly number[];
  readonly person: number;
  /** Asked of these units only: see `unitOf`. */
  readonly units: ReadonlySet<number>;
}

/** The unit that a question is about: a face in no group is a unit of its own, under its id below zero. */
export function unitOf({ face, group }: Pick<Question, 'face' | 'group'>): number {
  return group || -face;
}

/**
 * Whether a unit is the person who is nearest to it. The likelihood is not adjusted to the library yet.
 * @param rows of the unit with everybody whom it may be, one row a person
 * @param evidence of an L2 distance: see `createEvidence`
 */
export function questionAbout(
  rows: readonly NearPerson[],
  evidence: (distance: number) => number,
): UnitQuestion | undefined {
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
