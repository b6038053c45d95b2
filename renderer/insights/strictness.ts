import type { LibraryMeasures } from '../../app/contract/measures.ts';

export interface Strictness {
  /** Of the pairs of two people, accepted. */
  readonly far: number;
  /** Of the pairs of one person, accepted and refused. */
  readonly tar: number;
  readonly frr: number;
}

/** What was measured at each rate of mistakes, the loosest first. */
export const byStrictness = ({ tar, frr }: Pick<LibraryMeasures, 'tar' | 'frr'>): Strictness[] =>
  Object.entries(tar)
    .map(([far, share]) => ({ far: Number(far), tar: share, frr: frr[far] ?? 1 - share }))
    .toSorted((one, other) => other.far - one.far);

/**
 * The strictest of them that the pairs can tell: with fewer than ten pairs of two people expected to be accepted, chance
 * decides. The loosest where none can.
 */
export function strictest(measures: Pick<LibraryMeasures, 'tar' | 'frr' | 'pairs' | 'same'>): Strictness | null {
  const all = byStrictness(measures);
  const different = measures.pairs - measures.same;
  return all.findLast(({ far }) => far * different >= 10) ?? all[0] ?? null;
}

/** The name of a rate in a record of rates, as the engine wrote it. */
export const namedFar = (rates: Readonly<Record<string, number>>, far: number): string | null =>
  Object.keys(rates).find((name) => Number(name) === far) ?? Object.keys(rates)[0] ?? null;
