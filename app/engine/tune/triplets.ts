import { lone } from './training-faces.ts';

/**
 * Which negatives teach an anchor and its positive (Schroff et al. 2015, arXiv 1503.03832, section 3.2):
 * - `hard`: the nearest one;
 * - `semi-hard`: the nearest of those that are farther than the positive, but by less than the margin;
 * - `all`: every one that is not farther than the positive by the margin.
 */
export type Mining = 'hard' | 'semi-hard' | 'all';

/** The faces of a batch; arrays run along. */
export interface Batch {
  /** Whose face it is, or `lone`. */
  readonly people: Int32Array;
  /** How far that is to be believed, 0 to 1. */
  readonly trust: Float32Array;
}

export interface MinedTriplets {
  /**
   * n × n: how the loss changes with each squared distance, so that the loss is Σ slope ∘ distance + a constant.
   * Triplets that teach nothing have no part in it.
   */
  readonly slope: Float32Array;
  /** Mean of max(0, d(a,p)² − d(a,n)² + margin) over the pairs (a, p), or over triplets where all are mined. */
  readonly loss: number;
  /** Share of the pairs (a, p) that have a negative with a loss above zero. */
  readonly active: number;
}

/**
 * Finds the triplets of a batch in the matrix of all squared distances (n × n, between unit vectors) and what they
 * cost. Every pair (a, p) weighs as much as its less trusted face, and a person's pairs together as much as the
 * person has faces.
 */
export function mineTriplets(
  squared: Float32Array,
  { people, trust }: Batch,
  { mining, margin }: { readonly mining: Mining; readonly margin: number },
): MinedTriplets {
  const count = people.length;
  const slope = new Float32Array(count * count);
  let [loss, weights, pairs, active] = [0, 0, 0, 0];
  for (let anchor = 0; anchor < count; anchor++) {
    if (people[anchor] === lone) continue;
    const row = anchor * count;
    for (let positive = 0; positive < count; positive++) {
      if (positive === anchor || people[positive] !== people[anchor]) continue;
      const weight = Math.min(trust[anchor] ?? 0, trust[positive] ?? 0);
      const limit = (squared[row + positive] ?? 0) + margin;
      const chosen = negativesOf(squared, people, anchor, positive, mining, margin);
      pairs++;
      if (chosen.length > 0) active++;
      else weights += weight;
      for (const negative of chosen) {
        loss += weight * (limit - (squared[row + negative] ?? 0));
        weights += weight;
        slope[row + positive] = (slope[row + positive] ?? 0) + weight;
        slope[row + negative] = (slope[row + negative] ?? 0) - weight;
      }
    }
  }
  if (weights > 0) for (let i = 0; i < slope.length; i++) slope[i] = (slope[i] ?? 0) / weights;
  return { slope, loss: weights > 0 ? loss / weights : 0, active: pairs > 0 ? active / pairs : 0 };
}

/** The negatives of a pair whose loss is above zero. */
function negativesOf(
  squared: Float32Array,
  people: Int32Array,
  anchor: number,
  positive: number,
  mining: Mining,
  margin: number,
): number[] {
  const row = anchor * people.length;
  const near = squared[row + positive] ?? 0;
  const all: number[] = [];
  let nearest = -1;
  let nearestDistance = near + margin;
  for (let other = 0; other < people.length; other++) {
    const distance = squared[row + other] ?? 0;
    if (people[other] === people[anchor] || distance >= near + margin) continue;
    if (mining === 'all') all.push(other);
    else if (distance < nearestDistance && (mining === 'hard' || distance > near)) {
      nearest = other;
      nearestDistance = distance;
    }
  }
  if (mining === 'all') return all;
  return nearest < 0 ? [] : [nearest];
}
