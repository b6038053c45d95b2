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
  const negatives = new Int32Array(count);
  let [loss, weights, pairs, active] = [0, 0, 0, 0];
  for (let anchor = 0; anchor < count; anchor++) {
    if (people[anchor] === lone) continue;
    const row = squared.subarray(anchor * count, (anchor + 1) * count);
    const slopes = slope.subarray(anchor * count, (anchor + 1) * count);
    let others = 0;
    for (let other = 0; other < count; other++) if (people[other] !== people[anchor]) negatives[others++] = other;
    for (let positive = 0; positive < count; positive++) {
      if (positive === anchor || people[positive] !== people[anchor]) continue;
      const weight = Math.min(trust[anchor] ?? 0, trust[positive] ?? 0);
      const limit = (row[positive] ?? 0) + margin;
      const chosen = costlyNegatives(row, negatives.subarray(0, others), row[positive] ?? 0, mining, margin);
      pairs++;
      if (chosen.length > 0) active++;
      else weights += weight;
      for (const negative of chosen) {
        loss += weight * (limit - (row[negative] ?? 0));
        weights += weight;
        slopes[positive] = (slopes[positive] ?? 0) + weight;
        slopes[negative] = (slopes[negative] ?? 0) - weight;
      }
    }
  }
  if (weights > 0) for (let i = 0; i < slope.length; i++) slope[i] = (slope[i] ?? 0) / weights;
  return { slope, loss: weights > 0 ? loss / weights : 0, active: pairs > 0 ? active / pairs : 0 };
}

/**
 * The negatives of a pair whose loss is above zero.
 * @param row distances of the anchor; @param near that of the positive
 */
function costlyNegatives(
  row: Float32Array,
  negatives: Int32Array,
  near: number,
  mining: Mining,
  margin: number,
): ArrayLike<number> & Iterable<number> {
  if (mining === 'all') return negatives.filter((negative) => (row[negative] ?? 0) < near + margin);
  const floor = mining === 'hard' ? -Infinity : near;
  let nearest = -1;
  let nearestDistance = near + margin;
  for (let i = 0; i < negatives.length; i++) {
    const negative = negatives[i] ?? 0;
    const distance = row[negative] ?? 0;
    if (distance < nearestDistance && distance > floor) {
      nearest = negative;
      nearestDistance = distance;
    }
  }
  return nearest < 0 ? [] : [nearest];
}
