export interface ClusterScore {
  /** B-cubed F1 (Bagga and Baldwin 1998). */
  readonly f1: number;
  /** Share of pairs in one group that are of one person. */
  readonly pairPrecision: number;
  readonly pairRecall: number;
}

/** Compares groups (−1: alone) with the people that the faces are of. */
export function scoreClusters(people: readonly number[], clusters: ArrayLike<number>): ClusterScore {
  const own = (i: number): number => ((clusters[i] ?? -1) < 0 ? -1 - i : (clusters[i] ?? 0));
  const both = countBy(people, (person, i) => `${person} ${own(i)}`);
  const persons = countBy(people, (person) => person);
  const groups = countBy(people, (_, i) => own(i));
  let precision = 0;
  let recall = 0;
  for (const [i, person] of people.entries()) {
    const together = both.get(`${person} ${own(i)}`) ?? 0;
    precision += together / (groups.get(own(i)) ?? 1) / people.length;
    recall += together / (persons.get(person) ?? 1) / people.length;
  }
  const right = pairs(both);
  return {
    f1: (2 * precision * recall) / (precision + recall),
    pairPrecision: right / Math.max(1, pairs(groups)),
    pairRecall: right / Math.max(1, pairs(persons)),
  };
}

function countBy<K>(people: readonly number[], keyOf: (person: number, i: number) => K): Map<K, number> {
  const counts = new Map<K, number>();
  for (const [i, person] of people.entries()) counts.set(keyOf(person, i), (counts.get(keyOf(person, i)) ?? 0) + 1);
  return counts;
}

function pairs(counts: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += (count * (count - 1)) / 2;
  return sum;
}
