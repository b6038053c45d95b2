import { createDisjointSets } from '../cluster/disjoint-sets.ts';
import type { Candidates } from './candidates.ts';
import type { NearRows } from './group-alone.ts';
import { lone } from './training-faces.ts';

export interface EventSettings {
  /** Minutes without a photo after which another event begins. */
  readonly gapMinutes: number;
  /** Distance, as a share of eps, up to which two faces of one person are of one moment, or of one photo seen twice. */
  readonly alike: number;
}

/**
 * Which of a person's faces belong together in time: photos of which each follows another soon, a photo without a date
 * alone. Two looks that are nearly the same are one event whatever the dates say: a copy, a burst without dates.
 * @param people whose face each is, or `lone`
 * @param near pairs of rows with their L2 distances
 * @returns for each row the lowest row of its event; faces of two people never share one
 */
export function eventsOf(
  { photos, taken }: Pick<Candidates, 'photos' | 'taken'>,
  people: Int32Array,
  near: NearRows,
  eps: number,
  { gapMinutes, alike }: EventSettings,
): Int32Array {
  const moments = momentsOf(taken, photos, gapMinutes * 60_000);
  const sets = createDisjointSets(people.length);
  const firstOf = new Map<string, number>();
  for (const [row, person] of people.entries()) {
    if (person === lone) continue;
    const key = `${person} ${moments[row] ?? 0}`;
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, row);
    else sets.join(first, row);
  }
  for (const [at, distance] of near.distances.entries()) {
    const [a, b] = [near.pairs[2 * at] ?? 0, near.pairs[2 * at + 1] ?? 0];
    if (people[a] !== lone && people[a] === people[b] && distance <= alike * eps) sets.join(a, b);
  }
  return Int32Array.from(people, (_, row) => sets.root(row));
}

/** Numbers the moments: photos without a break between them, and below zero each photo without a date. */
function momentsOf(taken: Float64Array, photos: Int32Array, gapMs: number): Int32Array {
  const moments = Int32Array.from(photos, (photo) => -photo);
  const dated = [...taken.keys()].filter((row) => !Number.isNaN(taken[row]));
  dated.sort((a, b) => (taken[a] ?? 0) - (taken[b] ?? 0));
  let moment = 0;
  for (const [at, row] of dated.entries()) {
    if ((taken[row] ?? 0) - (taken[dated[at - 1] ?? row] ?? 0) > gapMs) moment++;
    moments[row] = moment;
  }
  return moments;
}
