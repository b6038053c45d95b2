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
export function mineTriplets(squared: Float32Array, { people, trust }: Batch, settings: MiningSettings): MinedTriplets {
  const tally = createTally(squared, people, settings);
  let [pairs, active, positives] = [0, 0, 0];
  for (const [anchor, person] of people.entries()) {
    if (person === lone) continue;
    const take = tally.of(anchor);
    for (let positive = 0; positive < people.length; positive++) {
      if (positive === anchor || people[positive] !== person) continue;
      const near = squared[anchor * people.length + positive] ?? 0;
      if (take(near, Math.min(trust[anchor] ?? 0, trust[positive] ?? 0), positive)) active++;
      pairs++;
      positives += near;
    }
  }
  if (pairs === 0) return { ...tally.sum(), active: 0 };
  for (const [anchor, person] of people.entries()) {
    if (person === lone) tally.of(anchor)(positives / pairs, settings.strangers);
  }
  return { ...tally.sum(), active: active / pairs };
}

/**
 * Takes an anchor's pair with a positive at the squared distance `near`, which is only presumed where there is none.
 * @returns whether a negative costs something
 */
type TakePair = (near: number, weight: number, positive?: number) => boolean;

/** Adds up what triplets cost. */
function createTally(squared: Float32Array, people: Int32Array, { mining, margin }: MiningSettings) {
  const count = people.length;
  const slope = new Float32Array(count * count);
  const others = new Int32Array(count);
  let [loss, weights] = [0, 0];
  return {
    /** For the pairs of one anchor; good until the next call. */
    of: (anchor: number): TakePair => {
      const row = squared.subarray(anchor * count, (anchor + 1) * count);
      const slopes = slope.subarray(anchor * count, (anchor + 1) * count);
      const isLone = people[anchor] === lone;
      let found = 0;
      for (let other = 0; other < count; other++) {
        if (people[other] !== people[anchor] || (isLone && other !== anchor)) others[found++] = other;
      }
      const negatives = others.subarray(0, found);
      return (near, weight, positive) => {
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
    },
    sum: (): { readonly slope: Float32Array; readonly loss: number } => {
      if (weights > 0) for (let i = 0; i < slope.length; i++) slope[i] = (slope[i] ?? 0) / weights;
      return { slope, loss: weights > 0 ? loss / weights : 0 };
    },
  };
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
