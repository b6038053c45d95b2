import type { PersonEstimate } from '../../contract/model.ts';
import { settings } from '../settings.ts';

type Range = PersonEstimate['precision'];

const { rightWeights, checkWeight, unreached } = settings.people.estimate;

/** Standard deviations on either side of an interval that holds the truth 19 times of 20. */
const deviations = 2;

/** How likely a face that is shown as a person is that person, by the evidence for it and for the runner-up. */
export function rightLikelihood(own: number, other: number): number {
  const { offset, own: slope, lead } = rightWeights;
  return 1 / (1 + Math.exp(-(offset + slope * own + lead * (own - other))));
}

/** The average distance to a person's faces without the face itself, which is among the `count`. Both L2. */
export function withoutItself(average: number, count: number): number {
  const product = 1 - (average * average) / 2;
  return Math.sqrt(Math.max(0, 2 - (2 * (count * product - 1)) / (count - 1)));
}

/**
 * The share of a person's faces that are right. Those that the user confirmed are. Of the others a share is wrong that
 * the distances tell at first, and the user's answers the better the more there are: it is Beta distributed, with the
 * weight of `checkWeight` answers for the distances, and the number of wrong faces Beta-binomial.
 * @param unchecked how likely each other face is right
 * @param removed faces that the user took away, which were wrong
 */
export function estimatePrecision(confirmed: number, removed: number, unchecked: readonly number[]): Range {
  const count = unchecked.length;
  const faces = confirmed + count;
  if (count === 0) return { value: 1, low: 1, high: 1 };
  const expected = unchecked.reduce((sum, p) => sum + 1 - p, 0) / count;
  const wrong = checkWeight * expected + removed;
  const weight = checkWeight + confirmed + removed;
  const share = wrong / weight;
  const variance = (count * share * (1 - share) * (weight + count)) / (weight + 1);
  return {
    value: 1 - (count * share) / faces,
    ...bounds(1 - (count * share) / faces, Math.sqrt(variance) / faces, 1),
  };
}

/**
 * How many faces of a person are still elsewhere: those that the review would ask about, each unit of `settles` faces
 * as likely as it is, and a share that lies too far away for any question. Faces that no detector saw do not count.
 * @param faces shown as the person
 */
export function estimateMissing(
  faces: number,
  units: readonly { readonly settles: number; readonly likelihood: number }[],
): Range {
  const near = units.reduce((sum, { settles, likelihood }) => sum + settles * likelihood, 0);
  const far = unreached.perFace * faces + unreached.perExpected * near;
  const variance = units.reduce((sum, { settles, likelihood: p }) => sum + settles * settles * p * (1 - p), far);
  return { value: near + far, ...bounds(near + far, Math.sqrt(variance), Infinity) };
}

function bounds(value: number, deviation: number, most: number): { low: number; high: number } {
  return { low: Math.max(0, value - deviations * deviation), high: Math.min(most, value + deviations * deviation) };
}
