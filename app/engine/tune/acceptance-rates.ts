import type { TrainingFaces } from './training-faces.ts';
import { namedRows, type JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';

/** Shares of the pairs of one person that are accepted, where at most a given share of the pairs of two is. */
export interface AcceptanceRates {
  /** Held-out photos of people that the head was trained on. */
  readonly known: number;
  /** People that it never saw. */
  readonly unseen: number;
  /** Everybody held out, guessed people too. */
  readonly everybody: number;
}

/** Faces of each person, by number of the person: held out, and used in training. */
export interface FaceCounts {
  readonly held: Float64Array;
  readonly training: Float64Array;
  /** 1 for a person whom the user has not named: a guess or a lone face. */
  readonly unnamed: Uint8Array;
}

export function countFaces(
  faces: Pick<TrainingFaces, 'people' | 'trust'>,
  owner: Int32Array,
  parts: Uint8Array,
): FaceCounts {
  const named = namedRows(faces);
  const persons = owner.reduce((most, person) => Math.max(most, person), -1) + 1;
  const counts = {
    held: new Float64Array(persons),
    training: new Float64Array(persons),
    unnamed: new Uint8Array(persons),
  };
  for (const [row, person] of owner.entries()) {
    const kind = parts[row] === part.training ? counts.training : counts.held;
    kind[person] = (kind[person] ?? 0) + 1;
    if (named[row] === 0) counts.unnamed[person] = 1;
  }
  return counts;
}

/** How many pairs of two people there are, where person p counts `weights[p]` times. */
export function differentPairs({ held, training, unnamed }: FaceCounts, weights: Float64Array): number {
  // Of two faces without a name it is not known that they are two people.
  return (
    pairsOf(held, training, weights, () => true) - pairsOf(held, training, weights, (person) => unnamed[person] === 1)
  );
}

function pairsOf(
  held: Float64Array,
  training: Float64Array,
  weights: Float64Array,
  counts: (person: number) => boolean,
): number {
  let [h, t, own] = [0, 0, 0];
  for (const [person, weight] of weights.entries()) {
    if (weight === 0 || !counts(person)) continue;
    const [mine, learnt] = [weight * (held[person] ?? 0), weight * (training[person] ?? 0)];
    h += mine;
    t += learnt;
    own += mine * learnt + (mine * mine) / 2;
  }
  return h * t + (h * h) / 2 - own;
}

/**
 * The rates at the threshold that accepts the share `far` of the pairs of two people. A person's pairs together weigh
 * as much as the person has held-out faces, so that nobody with very many photos decides alone.
 * @param weights how often each person counts: 1, or as a bootstrap drew
 */
export function acceptanceRates(
  pairs: JudgedPairs,
  counts: FaceCounts,
  far: number,
  weights: Float64Array,
): AcceptanceRates {
  const limit = thresholdAt(pairs, far * differentPairs(counts, weights), weights);
  const { squared, person, part: parts } = pairs.same;
  const accepted = [0, 0, 0, 0];
  const total = [0, 0, 0, 0];
  for (let i = 0; i < squared.length; i++) {
    const who = person[i] ?? 0;
    const weight = (weights[who] ?? 0) * pairWeight(counts, who);
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

/** One over the pairs that a held-out face of this person is in. */
function pairWeight({ held, training }: FaceCounts, person: number): number {
  const [mine, learnt] = [held[person] ?? 0, training[person] ?? 0];
  return mine / Math.max(1, (mine * (mine - 1)) / 2 + mine * learnt);
}

/** The squared distance below which pairs of two people of weight `allowed` lie. */
function thresholdAt({ different }: JudgedPairs, allowed: number, weights: Float64Array): number {
  let taken = 0;
  for (let i = 0; i < different.squared.length; i++) {
    taken += (weights[different.one[i] ?? 0] ?? 0) * (weights[different.other[i] ?? 0] ?? 0);
    if (taken > allowed) return i === 0 ? -1 : (different.squared[i - 1] ?? -1);
  }
  return different.squared.at(-1) ?? -1;
}
