import { differentPairs, type DifferentPairs } from './face-counts.ts';
import type { JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';

/** Shares of the pairs of one person that are accepted, where at most a given share of the pairs of two is. */
export interface AcceptanceRates {
  /** Held-out photos of people that the head was trained on; NaN, like the others, where there is no such pair. */
  readonly known: number;
  /** People that it never saw. */
  readonly unseen: number;
  /** Everybody held out, guessed people too, and strangers count among themselves. */
  readonly everybody: number;
}

/** Squared distances below which a given share of the pairs of two people lies. */
export interface Thresholds {
  /** Of the pairs with somebody whom the user has named. */
  readonly named: number;
  /** Of all pairs, but for those that are presumed to be of one person. */
  readonly all: number;
}

/** How many pairs of two people were compared. */
export function comparedPairs({ counts }: JudgedPairs, weights: Float64Array): DifferentPairs {
  const sum = { named: 0, unnamed: 0 };
  for (const one of counts) {
    const { named, unnamed } = differentPairs(one, weights);
    sum.named += named;
    sum.unnamed += unnamed;
  }
  return sum;
}

/**
 * The rates at the thresholds that accept the share `far` of the pairs of two people. A person's pairs together weigh
 * as much as the person has held-out faces, so that nobody with very many photos decides alone.
 * @param weights how often each person counts: 1, or as a bootstrap drew
 * @param limits the thresholds, where they do not follow from the weights
 */
export function acceptanceRates(
  pairs: JudgedPairs,
  far: number,
  weights: Float64Array,
  limits = thresholdsAt(pairs, far, weights),
): AcceptanceRates {
  const { squared, person, part: parts, weight: ofPair } = pairs.same;
  const total = [0, 0, 0, 0];
  const accepted = { named: [0, 0, 0, 0], all: [0, 0, 0, 0] };
  for (let i = 0; i < squared.length; i++) {
    const weight = (weights[person[i] ?? 0] ?? 0) * (ofPair[i] ?? 0);
    if (weight === 0) continue;
    const which = parts[i] ?? 0;
    total[which] = (total[which] ?? 0) + weight;
    if ((squared[i] ?? 0) <= limits.named) accepted.named[which] = (accepted.named[which] ?? 0) + weight;
    if ((squared[i] ?? 0) <= limits.all) accepted.all[which] = (accepted.all[which] ?? 0) + weight;
  }
  const share = (taken: readonly number[], ...which: number[]): number => {
    const sum = (values: readonly number[]): number => which.reduce((all, one) => all + (values[one] ?? 0), 0);
    return sum(total) === 0 ? NaN : sum(taken) / sum(total);
  };
  return {
    known: share(accepted.named, part.known),
    unseen: share(accepted.named, part.unseen),
    everybody: share(accepted.all, part.known, part.unseen, part.stranger),
  };
}

export function thresholdsAt(pairs: JudgedPairs, far: number, weights: Float64Array): Thresholds {
  const { different, presumed } = pairs;
  const compared = comparedPairs(pairs, weights);
  const allowed = { named: far * compared.named, all: far * (compared.named + compared.unnamed) };
  const found = { named: -1, all: -1 };
  let [named, unnamed] = [0, 0];
  for (let i = 0; i < different.squared.length; i++) {
    const weight = (weights[different.one[i] ?? 0] ?? 0) * (weights[different.other[i] ?? 0] ?? 0);
    if (different.unnamed[i] === 1) unnamed += weight;
    else named += weight;
    const isWithin = named + Math.max(0, unnamed - presumed) <= allowed.all;
    if (named > allowed.named && !isWithin) break;
    if (named <= allowed.named) found.named = different.squared[i] ?? -1;
    if (isWithin) found.all = different.squared[i] ?? -1;
  }
  return found;
}
