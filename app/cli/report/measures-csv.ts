import type { PairMeasures } from '../../contract/measures.ts';

/** The ROC for a spreadsheet: a line for each threshold, shares from 0 to 1. */
export function measuresCsv({ roc }: Pick<PairMeasures, 'roc'>): string {
  const lines = roc.map(({ threshold, far, tar, low, high }) => [threshold, far, tar, low, high, 1 - tar].join(','));
  return [`threshold,far,tar,tar_low,tar_high,frr`, ...lines, ''].join('\n');
}
