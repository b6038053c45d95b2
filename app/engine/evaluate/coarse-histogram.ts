import type { PairMeasures } from '../../contract/measures.ts';
import type { PairCounts } from './pair-counts.ts';

/** Bars of the histogram that is shown, over the distances of unit vectors from 0 to 2. */
const bars = 100;

/** The pairs in bars of equal width; those that could not be compared are in none. */
export function coarseHistogram(counts: PairCounts): PairMeasures['histogram'] {
  const same = new Array<number>(bars).fill(0);
  const different = new Array<number>(bars).fill(0);
  for (const [k, distance] of counts.distances.entries()) {
    if (distance === Infinity) break;
    const bar = Math.min(bars - 1, Math.floor((distance * bars) / 2));
    same[bar] = (same[bar] ?? 0) + (counts.same[k] ?? 0);
    different[bar] = (different[bar] ?? 0) + (counts.different[k] ?? 0);
  }
  return { edges: Array.from({ length: bars + 1 }, (_, edge) => (2 * edge) / bars), same, different };
}
