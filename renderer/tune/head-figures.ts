import type { HeadVersion } from '../../app/contract/tuning.ts';

const measureNames = ['known', 'unseen', 'everybody', 'f1'] as const;
export type MeasureName = (typeof measureNames)[number];

export interface Compared {
  readonly name: MeasureName;
  readonly before: number;
  readonly after: number;
}

/** What was measured both before and after. */
export const comparedOf = ({ before, after }: Pick<HeadVersion, 'before' | 'after'>): Compared[] =>
  measureNames.flatMap((name) => {
    const [from, to] = [before[name], after[name]];
    return from === null || to === null ? [] : [{ name, before: from, after: to }];
  });

const outcomeNames = ['recognised', 'apart', 'missed', 'confused'] as const;
export type OutcomeName = (typeof outcomeNames)[number];
export type Example = HeadVersion['examples'][number];

/** What became of a pair that is judged otherwise than before. */
function outcomeOf({ same, acceptedAfter }: Pick<Example, 'same' | 'acceptedAfter'>): OutcomeName {
  if (same) return acceptedAfter ? 'recognised' : 'missed';
  return acceptedAfter ? 'confused' : 'apart';
}

/** The pairs that changed sides, the good news first; only what there is. */
export function outcomesOf(examples: readonly Example[]): { name: OutcomeName; pairs: Example[] }[] {
  const changed = examples.filter(({ acceptedBefore, acceptedAfter }) => acceptedBefore !== acceptedAfter);
  return outcomeNames
    .map((name) => ({ name, pairs: changed.filter((pair) => outcomeOf(pair) === name) }))
    .filter(({ pairs }) => pairs.length > 0);
}
