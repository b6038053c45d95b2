import { Failure } from '../../contract/errors.ts';
import type { PairMeasures } from '../../contract/measures.ts';
import { coarseHistogram } from './coarse-histogram.ts';
import { crossValidate, hasBothKinds } from './cross-validate.ts';
import { totals } from './pair-counts.ts';
import type { CountedPairs } from './pair-tally.ts';
import { rocBand } from './roc-band.ts';
import { rocPoints } from './roc-points.ts';
import { bestThreshold, rocOf, type Roc } from './roc.ts';

export type Verification = Omit<PairMeasures, 'undetected' | 'distances'>;

/** False accept rates at which it is said what is accepted, and what is refused. */
const fars = ['0.01', '0.001', '0.0001'] as const;
const mostPoints = 200;

/**
 * What pairs say of telling people apart: accuracy over the folds, everything else over all of them.
 * @throws {Failure} `bad-request` where there are not pairs of one person and pairs of two
 */
export async function verification(
  { folds, all, blocks }: CountedPairs,
  rest: () => Promise<void>,
): Promise<Verification> {
  if (!hasBothKinds(all)) {
    throw new Failure('bad-request', 'there have to be two photos of one person and photos of two people to compare');
  }
  const { same, different } = totals(all);
  const roc = rocOf(all);
  const points = rocPoints(all, mostPoints);
  const band = await rocBand(points, blocks, rest);
  const tar = ratesOf(roc);
  return {
    ...crossValidate(folds.some(hasBothKinds) ? folds : [all]),
    auc: roc.auc,
    eer: roc.eer,
    tar,
    frr: Object.fromEntries(Object.entries(tar).map(([far, rate]) => [far, 1 - rate])),
    threshold: bestThreshold(all).threshold,
    pairs: same + different,
    same,
    roc: points.map((point, k) => ({ ...point, low: band[k]?.low ?? 0, high: band[k]?.high ?? 1 })),
    histogram: coarseHistogram(all),
  };
}

/** The true accept rate at each false accept rate that is asked for. */
export function ratesOf(roc: Roc): Record<string, number> {
  return Object.fromEntries(fars.map((far) => [far, roc.tarAt(Number(far))]));
}
