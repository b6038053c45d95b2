import type { LabelledGroups } from './labelled-groups.ts';

export interface FalsePairs {
  readonly value: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** What labelled faces of two people in one group say of the others. */
export interface Mixed {
  /** Pairs of people of whom faces are in one group. */
  readonly pairsOfPeople: number;
  /** People that these are. */
  readonly people: number;
  /** Pairs of faces of two people, in one group and all. */
  readonly together: number;
  readonly different: number;
}

export function mixedPeople({ people, groups }: LabelledGroups): Mixed {
  const mixed = new Set<string>();
  const touched = new Set<number>();
  let together = 0;
  for (const rows of Map.groupBy(groups.keys(), (row) => groups[row] ?? 0).values()) {
    const counts = [...countBy(rows.map((row) => people[row] ?? 0))].sort(([a], [b]) => a - b);
    for (const [at, [one, n]] of counts.entries()) {
      for (const [other, m] of counts.slice(at + 1)) {
        mixed.add(`${one} ${other}`);
        touched.add(one).add(other);
        together += n * m;
      }
    }
  }
  const sizes = [...countBy(people).values()];
  const same = sizes.reduce((sum, n) => sum + pairsOf(n), 0);
  return { pairsOfPeople: mixed.size, people: touched.size, together, different: pairsOf(people.length) - same };
}

/**
 * Pairs of two people to be expected in one group: as many of the pairs that no label keeps apart as there are of those
 * that labels know. How many pairs of *people* are mixed up is taken as Poisson distributed (interval by Byar; Breslow
 * and Day 1987), each with as many pairs of faces as it has on the average, for the faces of two mixed people are mixed
 * together. Null where labels know no two people.
 * @param open pairs of faces in the library of which labels do not say that they are two people
 * @param grouped pairs of faces in one group: more cannot be wrong
 */
export function expectedFalsePairs(
  mixed: Mixed,
  labelledPeople: number,
  open: number,
  grouped: number,
): FalsePairs | null {
  const pairsOfPeople = pairsOf(labelledPeople);
  if (pairsOfPeople === 0 || mixed.different === 0) return null;
  const m = mixed.pairsOfPeople;
  const facesEach = m > 0 ? mixed.together / m : mixed.different / pairsOfPeople;
  const expect = (count: number): number => Math.min(grouped, (count * facesEach * open) / mixed.different);
  const low = m === 0 ? 0 : m * (1 - 1 / (9 * m) - 1.96 / (3 * Math.sqrt(m))) ** 3;
  const high = (m + 1) * (1 - 1 / (9 * (m + 1)) + 1.96 / (3 * Math.sqrt(m + 1))) ** 3;
  return { value: expect(m), low: expect(low), high: expect(high) };
}

export function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

function countBy(values: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
