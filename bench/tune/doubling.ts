import { seededRandom, shuffled } from '../../app/engine/seeded-random.ts';
import type { GroupingDistances } from '../../app/engine/tune/group-alone.ts';
import type { KnownFaces } from '../../scripts/calibration/embed-folders.ts';
import { pickKnown } from '../../scripts/calibration/pick-known.ts';
import { idOf, openSeenLibrary, type SeenLibrary } from './seen-library.ts';

/** Faces from which a user names a group. */
const leastNamed = 3;
const ofMany = 5;

/** A library that doubles: half of the photos, of which the user names every other group; then the rest. */
export interface Doubled {
  /** Groups of `ofMany` faces and more that the user did not name. */
  readonly unnamed: number;
  /** See `Seen.asked`. */
  readonly asked: number;
}

/** @param whole the library of all these faces */
export async function doubleLibrary(
  known: KnownFaces,
  whole: SeenLibrary,
  distances: GroupingDistances,
  seed: number,
): Promise<Doubled> {
  const random = seededRandom(seed);
  const rows = shuffled(known.people.keys(), random).slice(0, Math.round(known.people.length / 2));
  const half = await openSeenLibrary(pickKnown(known, rows));
  const { shown } = await half.see(new Map(), distances, null, null);
  const before = new Int32Array(known.people.length);
  for (const [at, row] of rows.entries()) before[row] = shown[at] ?? 0;
  const groups = [...Map.groupBy(rows, (row) => before[row] ?? 0)]
    .filter(([group, members]) => group !== 0 && members.length >= leastNamed)
    .map(([, members]) => members);
  const inAnyOrder = shuffled(groups, random);
  const named = inAnyOrder.slice(0, Math.round(groups.length / 2));
  const unnamed = inAnyOrder.slice(named.length).filter((members) => members.length >= ofMany).length;
  const labels = new Map(named.flatMap((members) => labelsOf(known, members)));
  for (const [row, person] of labels) before[row] = idOf(person);
  return { unnamed, asked: (await whole.see(labels, distances, null, before)).asked };
}

/** The user names a group after most of it, and corrects the rest. */
function labelsOf({ people }: KnownFaces, members: readonly number[]): [row: number, person: number][] {
  const byPerson = [...Map.groupBy(members, (row) => people[row] ?? 0)].sort(([, a], [, b]) => b.length - a.length);
  return (byPerson[0]?.[1] ?? []).map((row) => [row, people[row] ?? 0]);
}
