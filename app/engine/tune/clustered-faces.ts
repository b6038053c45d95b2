/** How right the group of one face is (B-cubed: Bagga and Baldwin 1998). */
export interface ClusteredFace {
  readonly person: number;
  /** Shares of its group, and of its person, that are of its person, and in its group. */
  readonly precision: number;
  readonly recall: number;
}

/** How right the groups of faces are, face by face. `people[i]` and `groups[i]` belong to face i. */
export function clusteredFaces(people: Int32Array, groups: Int32Array): ClusteredFace[] {
  const ofPerson = Map.groupBy(people, (person) => person);
  const ofGroup = Map.groupBy(people.keys(), (row) => groups[row] ?? 0);
  return Array.from(people, (person, row) => {
    const mates = ofGroup.get(groups[row] ?? 0) ?? [];
    const right = mates.filter((mate) => people[mate] === person).length;
    return { person, precision: right / mates.length, recall: right / (ofPerson.get(person)?.length ?? 1) };
  });
}

/** B-cubed F1; 0 where there is no face. @param weights how often each person counts: once, if left out */
export function f1Of(faces: readonly ClusteredFace[], weights?: Float64Array): number {
  let [sum, precision, recall] = [0, 0, 0];
  for (const face of faces) {
    const weight = weights ? (weights[face.person] ?? 0) : 1;
    sum += weight;
    precision += weight * face.precision;
    recall += weight * face.recall;
  }
  return precision === 0 ? 0 : (2 * precision * recall) / (precision + recall) / sum;
}
