import type { PairCounts } from './pair-counts.ts';

/** 4e-6 apart, finer than the third decimal of any figure made of it. */
const fine = 2 ** 19;

/** Counts any number of pairs in constant memory. */
export interface DistanceHistogram {
  /** `distance`: L2 between unit vectors, or Infinity. */
  add(distance: number, same: boolean, pairs?: number): void;
  /** Each pair at the middle of its bin. */
  counts(): PairCounts;
}

/** @param bins over [0, 2], the distances of unit vectors; by default it takes 8 MB */
export function createDistanceHistogram(bins = fine): DistanceHistogram {
  const perUnit = bins / 2;
  // The last bin holds Infinity.
  const same = new Float64Array(bins + 1);
  const different = new Float64Array(bins + 1);
  return {
    add: (distance, isSame, pairs = 1) => {
      const bin = distance === Infinity ? bins : Math.min(bins - 1, Math.floor(distance * perUnit));
      const counts = isSame ? same : different;
      counts[bin] = (counts[bin] ?? 0) + pairs;
    },
    counts: () => {
      const used = Uint32Array.from({ length: bins + 1 }, (_, bin) => bin).filter(
        (bin) => (same[bin] ?? 0) + (different[bin] ?? 0) > 0,
      );
      return {
        distances: Float64Array.from(used, (bin) => (bin === bins ? Infinity : (bin + 0.5) / perUnit)),
        same: Float64Array.from(used, (bin) => same[bin] ?? 0),
        different: Float64Array.from(used, (bin) => different[bin] ?? 0),
      };
    },
  };
}
