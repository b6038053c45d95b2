import { totals, type PairCounts } from './pair-counts.ts';

/** What is accepted at a threshold: shares from 0 to 1. */
export interface RocPoint {
  readonly threshold: number;
  readonly far: number;
  readonly tar: number;
}

/**
 * Points of the ROC, ascending: all where they are no more than `most`, else those at about even steps of the true
 * accept rate and of the logarithm of the false one, for both ends of the curve are looked at.
 */
export function rocPoints(counts: PairCounts, most: number): RocPoint[] {
  const { same, different } = totals(counts);
  let [accepted, wrong] = [0, 0];
  const all: RocPoint[] = [];
  for (const [k, threshold] of counts.distances.entries()) {
    if (threshold === Infinity) break;
    accepted += counts.same[k] ?? 0;
    wrong += counts.different[k] ?? 0;
    all.push({ threshold, far: wrong / different, tar: accepted / same });
  }
  return all.length <= most ? all : thinned(all, most, different);
}

function thinned(all: readonly RocPoint[], most: number, different: number): RocPoint[] {
  // Half of the points for each axis: from 0 to 1 along either.
  const steps = Math.floor(most / 2) - 1;
  const alongFar = ({ far }: RocPoint): number => 1 + Math.log(Math.max(far, 1 / different)) / Math.log(different);
  const kept = new Set<RocPoint>();
  for (const along of [alongFar, ({ tar }: RocPoint) => tar]) {
    let step = 0;
    for (const point of all) {
      if (along(point) * steps < step) continue;
      kept.add(point);
      step = Math.floor(along(point) * steps) + 1;
    }
  }
  return all.filter((point) => kept.has(point));
}
