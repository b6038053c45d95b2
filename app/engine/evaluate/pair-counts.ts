/**
 * Pairs of faces by distance: at `distances[k]` (ascending, no two equal, Infinity for pairs that cannot be
 * compared) there are `same[k]` pairs of one person and `different[k]` pairs of two.
 */
export interface PairCounts {
  readonly distances: Float64Array;
  readonly same: Float64Array;
  readonly different: Float64Array;
}

/** Counts the pairs of one person and of two that lie at each distance. */
export function countPairs(same: Iterable<number>, different: Iterable<number>): PairCounts {
  return joinCounts(countKind(same, 'same'), countKind(different, 'different'));
}

function countKind(distances: Iterable<number>, kind: 'same' | 'different'): PairCounts {
  const sorted = Float64Array.from(distances).sort();
  const distinct = sorted.filter((distance, i) => distance !== sorted[i - 1]);
  const counts = new Float64Array(distinct.length);
  let at = -1;
  for (const [i, distance] of sorted.entries()) {
    if (i === 0 || distance !== sorted[i - 1]) at++;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const none = new Float64Array(distinct.length);
  return { distances: distinct, same: kind === 'same' ? counts : none, different: kind === 'same' ? none : counts };
}

/** The pairs of both. */
export function joinCounts(a: PairCounts, b: PairCounts): PairCounts {
  const most = a.distances.length + b.distances.length;
  const distances = new Float64Array(most);
  const same = new Float64Array(most);
  const different = new Float64Array(most);
  let [i, j, length] = [0, 0, 0];
  while (i < a.distances.length || j < b.distances.length) {
    const nextA = a.distances[i] ?? NaN;
    const nextB = b.distances[j] ?? NaN;
    const fromA = !(nextB < nextA) && i < a.distances.length;
    const fromB = !(nextA < nextB) && j < b.distances.length;
    distances[length] = fromA ? nextA : nextB;
    same[length] = (fromA ? (a.same[i] ?? 0) : 0) + (fromB ? (b.same[j] ?? 0) : 0);
    different[length] = (fromA ? (a.different[i] ?? 0) : 0) + (fromB ? (b.different[j] ?? 0) : 0);
    i += Number(fromA);
    j += Number(fromB);
    length++;
  }
  return { distances: distances.slice(0, length), same: same.slice(0, length), different: different.slice(0, length) };
}

/** How many pairs of each kind there are. */
export function totals(counts: PairCounts): { same: number; different: number } {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  return { same: sum(counts.same), different: sum(counts.different) };
}
