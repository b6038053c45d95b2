import type { Output } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import { crossValidate, hasBothKinds } from './cross-validate.ts';
import { totals, type PairCounts } from './pair-counts.ts';
import { bestThreshold, rocOf } from './roc.ts';

export type Verification = Omit<Output<'evaluate.pairs'>, 'undetected'>;

/**
 * What pairs say of telling people apart: accuracy over the folds, everything else over all of them.
 * @throws {Failure} `bad-request` where there are not pairs of one person and pairs of two
 */
export function verification(folds: readonly PairCounts[], all: PairCounts): Verification {
  if (!hasBothKinds(all)) {
    throw new Failure('bad-request', 'there have to be two photos of one person and photos of two people to compare');
  }
  const { same, different } = totals(all);
  const roc = rocOf(all);
  return {
    ...crossValidate(folds.some(hasBothKinds) ? folds : [all]),
    auc: roc.auc,
    eer: roc.eer,
    tar: { '0.01': roc.tarAt(0.01), '0.001': roc.tarAt(0.001), '0.0001': roc.tarAt(0.0001) },
    threshold: bestThreshold(all).threshold,
    pairs: same + different,
  };
}
