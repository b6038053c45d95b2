import { differentPairs } from './face-counts.ts';
import type { JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';

/** Shares of the pairs of one person that are accepted, where at most a given share of the pairs of two is. */
export interface AcceptanceRates {
  /** Held-out photos of people that the head was trained on; NaN, like the others, where there is no such pair. */
  readonly known: number;
  /** People that it never saw. */
  readonly unseen: number;
  /** Everybody held out, guessed people too. */
  readonly everybody: number;
}

/** How many pairs of two people were compared. */
export function comparedPairs({ counts }: JudgedPairs, weights: Float64Array): number {
  return counts.reduce((sum, one) => sum + differentPairs(one, weights), 0);
}

/**
 * The rates at the threshold that accepts the share `far` of the pairs of two people. A person's pairs together weigh
 * as much as the person has held-out faces, so that nobody with very many photos decides alone.
 * @param weights how often each person counts: 1, or as a bootstrap drew
 * @param limit the threshold, where it does not follow from the weights
 */
export function acceptanceRates(
  pairs: JudgedPairs,
  far: number,
  weights: Float64Array,
  limit = thresholdAt(pairs, far, weights),
): AcceptanceRates {
  const { squared, person, part: parts, weight: ofPair } = pairs.same;
  const accepted = [0, 0, 0, 0];
  const total = [0, 0, 0, 0];
  for (let i = 0; i < squared.length; i++) {
    const weight = (weights[person[i] ?? 0] ?? 0) * (ofPair[i] ?? 0);
    if (weight === 0) continue;
    const which = parts[i] ?? 0;
    total[which] = (total[which] ?? 0) + weight;
    if ((squared[i] ?? 0) <= limit) accepted[which] = (accepted[which] ?? 0) + weight;
  }
  const share = (...which: number[]): number => {
    const sum = (values: readonly number[]): number => which.reduce((all, one) => all + (values[one] ?? 0), 0);
    return sum(total) === 0 ? NaN : sum(accepted) / sum(total);
  };
  return {
    known: share(part.known),
    unseen: share(part.unseen),
    everybody: share(part.known, part.unseen, part.stranger),
  };
}

/** The squared distance below which the share `far` of the pairs of two people lies. */
export function thresholdAt(pairs: JudgedPairs, far: number, weights: Float64Array): number {
  const { different } = pairs;
  const allowed = far * comparedPairs(pairs, weights);
  let taken = 0;
  for (let i = 0; i < different.squared.length; i++) {
    taken += (weights[different.one[i] ?? 0] ?? 0) * (weights[different.other[i] ?? 0] ?? 0);
    if (taken > allowed) return i === 0 ? -1 : (different.squared[i - 1] ?? -1);
  }
  return different.squared.at(-1) ?? -1;
}
