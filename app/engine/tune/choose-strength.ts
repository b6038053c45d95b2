import { acceptanceRates, type AcceptanceRates } from './acceptance-rates.ts';
import { f1Of, type ClusteredFace } from './clustered-faces.ts';
import { poolPairs, type JudgedPairs } from './judged-pairs.ts';

/** What one division of the faces shows: without a change, and after the head that was trained on it. */
export interface FoldPairs {
  readonly before: JudgedPairs;
  /** One for each strength. */
  readonly after: readonly JudgedPairs[];
}

/** How right the groups of the held-out faces of a division are, at a strength by its place or before. */
export interface FoldGroups {
  readonly clustered: (place: number | undefined) => readonly ClusteredFace[];
}

/**
 * How much of a head's change is best: the strength at which known people, people never seen, everybody together and
 * the groups gain most in sum, of those at which the known gain and none of them loses more than the tolerance. The known
 * alone would take too much, because they gain for longer than the others.
 * @returns the place of the strength, or undefined where each loses something
 */
export function chooseStrength(
  folds: readonly (FoldPairs & FoldGroups)[],
  far: number,
  tolerance: number,
): number | undefined {
  const rates = ratesOf(folds, far);
  if (!rates) return undefined;
  const { before } = rates;
  let best: number | undefined;
  let most = 0;
  for (const [place, { known, unseen, everybody }] of rates.after.entries()) {
    if (!(known > before.known)) continue;
    const f1 = f1At(folds, place) - f1At(folds);
    // NaN where there is nobody of a kind.
    const gains = [known - before.known, unseen - before.unseen, everybody - before.everybody, f1].filter(
      Number.isFinite,
    );
    const sum = gains.reduce((all, gain) => all + gain, 0);
    if (sum > most && gains.every((gain) => gain >= -tolerance)) [best, most] = [place, sum];
  }
  return best;
}

function f1At(folds: readonly FoldGroups[], place?: number): number {
  return f1Of(folds.flatMap((fold) => fold.clustered(place)));
}

/**
 * The same by B-cubed F1, for the libraries that are too small for anything else: there hardly a pair is accepted.
 * @param count of the strengths
 */
export function chooseByGroups(folds: readonly FoldGroups[], count: number): number | undefined {
  let best: number | undefined;
  let most = f1At(folds);
  for (let place = 0; place < count; place++) {
    const f1 = f1At(folds, place);
    if (f1 > most) [best, most] = [place, f1];
  }
  return best;
}

/** Whether no strength brings known people anything: then further folds are not worth their time. */
export function isHopeless(folds: readonly FoldPairs[], far: number): boolean {
  const rates = ratesOf(folds, far);
  return !rates?.after.some(({ known }) => known > rates.before.known);
}

function ratesOf(
  folds: readonly FoldPairs[],
  far: number,
): { readonly before: AcceptanceRates; readonly after: readonly AcceptanceRates[] } | undefined {
  const [first] = folds;
  if (!first) return undefined;
  const rates = (pairs: readonly JudgedPairs[]): AcceptanceRates => {
    const all = poolPairs(pairs);
    return acceptanceRates(all, far, new Float64Array(all.counts[0]?.held.length ?? 0).fill(1));
  };
  return {
    before: rates(folds.map((fold) => fold.before)),
    after: Array.from(first.after, (_, place) => rates(folds.flatMap((fold) => fold.after[place] ?? []))),
  };
}
