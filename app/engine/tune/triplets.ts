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

export interface MiningSettings {
  readonly mining: Mining;
  /** In squared distance. */
  readonly margin: number;
  /** What a lone face weighs as an anchor; a pair of trusted faces weighs 1. */
  readonly strangers: number;
}

export interface MinedTriplets {
  /**
   * n × n: how the loss changes with each squared distance, so that the loss is Σ slope ∘ distance + a constant.
   * Triplets that teach nothing have no part in it.
   */
  readonly slope: Float32Array;
  /** Mean of max(0, d(a,p)² − d(a,n)² + margin) over the pairs (a, p) and lone faces, or over triplets where all are mined. */
  readonly loss: number;
  /** Share of the pairs (a, p) that have a negative with a loss above zero. */
  readonly active: number;
}

/**
 * Finds the triplets of a batch in the matrix of all squared distances (n × n, between unit vectors) and what they
 * cost. Every pair (a, p) weighs as much as its less trusted face, and a person's pairs together as much as the
 * person has faces.
 *
 * A lone face has no positive, but negatives, as if its positive lay where those of others lie on average. Without that
 * nothing keeps strangers from one another: the head pushes them away from known people into one corner, and together.
 */
export function mineTriplets(
  squared: Float32Array,
  { people, trust }: Batch,
  { mining, margin, strangers }: MiningSettings,
): MinedTriplets {
  const count = people.length;
  const slope = new Float32Array(count * count);
  const others = new Int32Array(count);
  let [loss, weights, pairs, active, positives] = [0, 0, 0, 0, 0];
  /** Adds up the triplets of an anchor whose positive lies at `near`; `positive` is undefined where there is none. */
  const take = (anchor: number, positive: number | undefined, near: number, weight: number, negatives: Int32Array) => {
    const row = squared.subarray(anchor * count, (anchor + 1) * count);
    const slopes = slope.subarray(anchor * count, (anchor + 1) * count);
    const chosen = costlyNegatives(row, negatives, near, mining, margin);
    if (chosen.length === 0) weights += weight;
    for (const negative of chosen) {
      loss += weight * (near + margin - (row[negative] ?? 0));
      weights += weight;
      if (positive !== undefined) slopes[positive] = (slopes[positive] ?? 0) + weight;
      slopes[negative] = (slopes[negative] ?? 0) - weight;
    }
    return chosen.length > 0;
  };
  const negativesOf = (anchor: number): Int32Array => {
    let found = 0;
    for (let other = 0; other < count; other++) {
      const isSame = people[anchor] === lone ? other === anchor : people[other] === people[anchor];
      if (!isSame) others[found++] = other;
    }
    return others.subarray(0, found);
  };
  for (let anchor = 0; anchor < count; anchor++) {
    if (people[anchor] === lone) continue;
    const negatives = negativesOf(anchor);
    for (let positive = 0; positive < count; positive++) {
      if (positive === anchor || people[positive] !== people[anchor]) continue;
      const near = squared[anchor * count + positive] ?? 0;
      const weight = Math.min(trust[anchor] ?? 0, trust[positive] ?? 0);
      if (take(anchor, positive, near, weight, negatives)) active++;
      pairs++;
      positives += near;
    }
  }
  if (pairs > 0 && strangers > 0) {
    for (let anchor = 0; anchor < count; anchor++) {
      if (people[anchor] === lone) take(anchor, undefined, positives / pairs, strangers, negativesOf(anchor));
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
