import type { PairMeasures } from '../contract/measures.ts';

type Measured = Pick<PairMeasures, 'roc' | 'pairs' | 'same'>;

/**
 * The points of a ROC for a logarithmic axis of false accept rates, which has no 0: what accepts no pair of two people
 * is drawn at the rate of a single one.
 */
export function pointsByLogFar({ roc, pairs, same }: Measured): { least: number; points: PairMeasures['roc'] } {
  const least = 1 / Math.max(10, pairs - same);
  const ordered = roc.map((point) => ({ ...point, far: Math.max(least, point.far) }));
  // Of those that accept nothing wrong the best one counts.
  return { least, points: ordered.filter((point, i) => point.far > least || !(ordered[i + 1]?.far === least)) };
}
