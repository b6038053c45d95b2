import { thresholdsAt } from './acceptance-rates.ts';
import type { JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';

/** A pair of faces, of which one was held out, that is judged otherwise after a head. Rows of the training faces. */
export interface ChangedPair {
  readonly row: number;
  readonly other: number;
  /** In truth one person. */
  readonly same: boolean;
  readonly acceptedBefore: boolean;
  readonly acceptedAfter: boolean;
}

interface Change extends ChangedPair {
  /** Squared distance by which the pair crossed the threshold. */
  readonly by: number;
}

/**
 * The pairs that are accepted after a head and were not, or the other way round, the clearest first and at most `most` of
 * each kind. Of one person only where the user named them; of two only those with somebody named that lie near enough to
 * be measured.
 * @param far the share of the pairs of two people that is accepted
 */
export function changedPairs(before: JudgedPairs, after: JudgedPairs, far: number, most: number): ChangedPair[] {
  const ones = new Float64Array(before.counts[0]?.held.length ?? 0).fill(1);
  const limits = { before: thresholdsAt(before, far, ones).named, after: thresholdsAt(after, far, ones).named };
  return [
    ...crossings(before.same, after.same, limits, true, ({ part: parts }, at) => isNamed(parts[at] ?? 0)),
    ...crossings(before.different, after.different, limits, false, ({ unnamed }, at) => unnamed[at] === 0),
  ]
    .sort((a, b) => b.by - a.by)
    .filter(onlyOnce())
    .filter(firstOfEach(most))
    .map(({ row, other, same, acceptedBefore, acceptedAfter }) => ({
      row,
      other,
      same,
      acceptedBefore,
      acceptedAfter,
    }));
}

type Pairs = Pick<JudgedPairs['same'], 'first' | 'second' | 'squared'>;

/** A pair that is missing on one side lay too far away there to be kept, and so beyond the threshold. */
function crossings<Some extends Pairs>(
  before: Some,
  after: Some,
  limits: { readonly before: number; readonly after: number },
  same: boolean,
  counts: (pairs: Some, at: number) => boolean,
): Change[] {
  const found: Change[] = [];
  const former = new Map<string, number>();
  for (const [at, squared] of before.squared.entries()) if (counts(before, at)) former.set(keyOf(before, at), squared);
  const take = (pairs: Pairs, at: number, marginBefore: number, marginAfter: number): void => {
    const [acceptedBefore, acceptedAfter] = [marginBefore >= 0, marginAfter >= 0];
    if (acceptedBefore === acceptedAfter) return;
    const by = Math.min(Math.abs(marginBefore), Math.abs(marginAfter));
    found.push({ row: pairs.first[at] ?? 0, other: pairs.second[at] ?? 0, same, acceptedBefore, acceptedAfter, by });
  };
  const seen = new Set<string>();
  for (const [at, squared] of after.squared.entries()) {
    if (!counts(after, at)) continue;
    const key = keyOf(after, at);
    seen.add(key);
    take(after, at, limits.before - (former.get(key) ?? Infinity), limits.after - squared);
  }
  for (const [at, squared] of before.squared.entries()) {
    if (counts(before, at) && !seen.has(keyOf(before, at))) take(before, at, limits.before - squared, -Infinity);
  }
  return found;
}

/** The user said who it is: learnt from, or kept aside as a whole. */
function isNamed(which: number): boolean {
  return which === part.known || which === part.unseen;
}

function keyOf({ first, second }: Pairs, at: number): string {
  return `${first[at]} ${second[at]}`;
}

/** Two faces that were held out in turn make two pairs, after two heads. */
function onlyOnce(): (change: Change) => boolean {
  const seen = new Set<string>();
  return ({ row, other }) => {
    const key = row < other ? `${row} ${other}` : `${other} ${row}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  };
}

function firstOfEach(most: number): (change: Change) => boolean {
  const counts = new Map<string, number>();
  return ({ same, acceptedAfter }) => {
    const kind = `${same} ${acceptedAfter}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= most;
  };
}
