import { joinCounts, totals, type PairCounts } from './pair-counts.ts';
import { accuracyAt, bestThreshold } from './roc.ts';

/**
 * The accuracy on each fold at the threshold that is best on the others (Huang et al. 2007, Labeled Faces in the
 * Wild, section 5): mean and (population) standard deviation over folds. Folds without pairs of both kinds teach
 * but are not judged. A single fold is judged at its own best threshold.
 */
export function crossValidate(folds: readonly PairCounts[]): { readonly accuracy: number; readonly std: number } {
  const accuracies = folds.flatMap((fold, k) => {
    if (!hasBothKinds(fold)) return [];
    const others = folds.filter((_, i) => i !== k);
    const rest = others.length === 0 ? fold : others.reduce(joinCounts);
    return accuracyAt(fold, bestThreshold(hasBothKinds(rest) ? rest : fold).threshold);
  });
  const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
  const variance = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0) / accuracies.length;
  return { accuracy: mean, std: Math.sqrt(variance) };
}

export function hasBothKinds(counts: PairCounts): boolean {
  const { same, different } = totals(counts);
  return same > 0 && different > 0;
}
