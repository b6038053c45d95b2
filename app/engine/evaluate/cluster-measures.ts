export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * How well a grouping agrees with the truth. `people[i]` is whose face i is and `groups[i]` the group it was put in;
 * face by face (B-cubed: Bagga and Baldwin 1998) and over all pairs of faces. Where nothing was asked (no two faces
 * of a person, or no two in a group) nothing is wrong: 1.
 */
export function clusterMeasures(people: Int32Array, groups: Int32Array): { bcubed: Agreement; pairwise: Agreement } {
  const ofPerson = new Map<number, number>();
  const ofGroup = new Map<number, number>();
  const together = new Map<string, { person: number; group: number; count: number }>();
  for (const [i, person] of people.entries()) {
    const group = groups[i] ?? 0;
    ofPerson.set(person, (ofPerson.get(person) ?? 0) + 1);
    ofGroup.set(group, (ofGroup.get(group) ?? 0) + 1);
    const key = `${person} ${group}`;
    const cell = together.get(key);
    if (cell) cell.count++;
    else together.set(key, { person, group, count: 1 });
  }
  let [precision, recall, right] = [0, 0, 0];
  for (const { person, group, count } of together.values()) {
    precision += (count * count) / (ofGroup.get(group) ?? 1);
    recall += (count * count) / (ofPerson.get(person) ?? 1);
    right += pairsOf(count);
  }
  return {
    bcubed: agreement(share(precision, people.length), share(recall, people.length)),
    pairwise: agreementOf(right, allPairs(ofGroup), allPairs(ofPerson)),
  };
}

/** `right` pairs are among the `claimed` ones, in one group, and among the `wanted` ones, of one person. */
export function agreementOf(right: number, claimed: number, wanted: number): Agreement {
  return agreement(share(right, claimed), share(right, wanted));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function agreement(precision: number, recall: number): Agreement {
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

function allPairs(sizes: ReadonlyMap<number, number>): number {
  let pairs = 0;
  for (const size of sizes.values()) pairs += pairsOf(size);
  return pairs;
}
