import { part } from './split.ts';

/** Faces of each person, by number of the person: held out, and used in training. */
export interface FaceCounts {
  readonly held: Float64Array;
  readonly training: Float64Array;
  /** 1 for a person whom the user has not named: a guess or a lone face. */
  readonly unnamed: Uint8Array;
}

/** @param owner whose each face is; @param named 1 where the user said so; @param parts of `splitFaces` */
export function countFaces(owner: Int32Array, named: Uint8Array, parts: Uint8Array): FaceCounts {
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

/** One over the pairs that a held-out face of this person is in: the person's pairs weigh as much as those faces. */
export function pairWeight({ held, training }: FaceCounts, person: number): number {
  const [mine, learnt] = [held[person] ?? 0, training[person] ?? 0];
  return mine / Math.max(1, (mine * (mine - 1)) / 2 + mine * learnt);
}

/** How many pairs of two people there are, where person p counts `weights[p]` times. */
export function differentPairs(counts: FaceCounts, weights: Float64Array): DifferentPairs {
  const unnamed = pairsOf(counts, weights, true);
  return { named: pairsOf(counts, weights, false) - unnamed, unnamed };
}

export interface DifferentPairs {
  /** Pairs of which the user has named one or both. */
  readonly named: number;
  /** Pairs of which the user has named neither: it is not known that these are two people. */
  readonly unnamed: number;
}

function pairsOf({ held, training, unnamed }: FaceCounts, weights: Float64Array, onlyUnnamed: boolean): number {
  let [h, t, own] = [0, 0, 0];
  for (let person = 0; person < weights.length; person++) {
    const weight = weights[person] ?? 0;
    if (weight === 0 || (onlyUnnamed && unnamed[person] === 0)) continue;
    const [mine, learnt] = [weight * (held[person] ?? 0), weight * (training[person] ?? 0)];
    h += mine;
    t += learnt;
    own += mine * learnt + (mine * mine) / 2;
  }
  return h * t + (h * h) / 2 - own;
}
