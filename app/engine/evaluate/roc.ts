import { totals, type PairCounts } from './pair-counts.ts';

/**
 * The receiver operating characteristic over all thresholds. A pair is accepted as one person when its distance
 * is at most the threshold; pairs at one distance are accepted together. Needs a pair of each kind.
 */
export interface Roc {
  /** Area under the curve: how often a pair of one person is closer than a pair of two, ties counted half. */
  readonly auc: number;
  /** Where as many pairs of two people are accepted as pairs of one are refused, between points on a straight line. */
  readonly eer: number;
  /**
   * The most pairs of one person accepted, as a share, with at most ⌊far × pairs of two people⌋ of those accepted:
   * where there are fewer than 1 / far of them, with none.
   */
  tarAt(far: number): number;
}

export function rocOf(counts: PairCounts): Roc {
  const { same, different } = totals(counts);
  return {
    auc: areaUnder(counts, same, different),
    eer: equalError(counts, same, different),
    tarAt: (far) => tarAt(counts, far),
  };
}

function areaUnder(counts: PairCounts, same: number, different: number): number {
  let [accepted, area] = [0, 0];
  for (const [k, here] of counts.same.entries()) {
    area += (counts.different[k] ?? 0) * (accepted + here / 2);
    accepted += here;
  }
  return area / (same * different);
}

function equalError(counts: PairCounts, same: number, different: number): number {
  let [accepted, wrong] = [0, 0];
  for (const [k, here] of counts.same.entries()) {
    const [far, frr] = [wrong / different, (same - accepted) / same];
    accepted += here;
    wrong += counts.different[k] ?? 0;
    const [nextFar, nextFrr] = [wrong / different, (same - accepted) / same];
    if (nextFar >= nextFrr) return far + ((nextFar - far) * (frr - far)) / (nextFar - far + (frr - nextFrr));
  }
  return 1;
}

function tarAt(counts: PairCounts, far: number): number {
  const { same, different } = totals(counts);
  // A share such as 0.001 × 3000 may come out a hair below the whole number it is.
  const allowed = Math.floor(far * different * (1 + 1e-12));
  let [accepted, wrong] = [0, 0];
  for (const [k, here] of counts.same.entries()) {
    wrong += counts.different[k] ?? 0;
    if (wrong > allowed || counts.distances[k] === Infinity) break;
    accepted += here;
  }
  return accepted / same;
}

/**
 * The threshold with the best accuracy, midway to the next distance so that it holds for pairs not seen.
 * Accuracy: the mean of the shares of pairs of one person accepted and of pairs of two refused, which is the share
 * of pairs judged right where there are as many of each. The first of equals.
 */
export function bestThreshold(counts: PairCounts): { readonly threshold: number; readonly accuracy: number } {
  const { same, different } = totals(counts);
  let best = { threshold: 0, accuracy: 0.5 };
  let [accepted, wrong] = [0, 0];
  for (const [k, distance] of counts.distances.entries()) {
    if (distance === Infinity) break;
    accepted += counts.same[k] ?? 0;
    wrong += counts.different[k] ?? 0;
    const accuracy = (accepted / same + 1 - wrong / different) / 2;
    const next = counts.distances[k + 1] ?? Infinity;
    if (accuracy > best.accuracy) best = { threshold: next === Infinity ? distance : (distance + next) / 2, accuracy };
  }
  return best;
}

/** The accuracy, as in `bestThreshold`, at a given threshold. */
export function accuracyAt(counts: PairCounts, threshold: number): number {
  const { same, different } = totals(counts);
  let [accepted, wrong] = [0, 0];
  for (const [k, distance] of counts.distances.entries()) {
    if (distance > threshold) break;
    accepted += counts.same[k] ?? 0;
    wrong += counts.different[k] ?? 0;
  }
  return (accepted / same + 1 - wrong / different) / 2;
}
