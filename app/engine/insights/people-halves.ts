/** Rows of the faces of one half of the people, and of the other. */
export type Halves = readonly [readonly number[], readonly number[]];

/**
 * Deals people into two halves. Halves rather than many folds, because the best radius falls with the number of people:
 * what is chosen on one half meets as many on the other. Two people of about as many faces go one to each side.
 */
export function dealHalves(people: readonly number[], random: () => number): Halves {
  const faces = new Map<number, number>();
  for (const person of people) faces.set(person, (faces.get(person) ?? 0) + 1);
  const ordered = Array.from(faces, ([person, count]) => ({ person, count, lot: random() })).sort(
    (a, b) => a.count - b.count || a.lot - b.lot,
  );
  const second = new Set<number>();
  for (let i = 0; i < ordered.length; i += 2) {
    const chosen = ordered[i + Number(random() < 0.5)];
    if (chosen) second.add(chosen.person);
  }
  const rows = [...people.keys()];
  const isSecond = (row: number): boolean => second.has(people[row] ?? -1);
  return [rows.filter((row) => !isSecond(row)), rows.filter(isSecond)];
}
