import { shuffled } from './seeded-random.ts';
import { lone, rowsByPerson, type TrainingFaces } from './training-faces.ts';

/** What a face is there for. Kept apart by whole events, so that no burst is on both sides. */
export const part = {
  training: 0,
  /** Held out, of a person that others of are trained on. */
  known: 1,
  /** Of a named person that is held out altogether. */
  unseen: 2,
  /** Held out, of a guessed person or of nobody known. */
  stranger: 3,
} as const;

export interface SplitShares {
  /** Share of each named person's events that is held out. */
  readonly known: number;
  /** Share of the named people that are held out altogether. */
  readonly unseen: number;
  /** Share of guessed people and lone faces that are held out. */
  readonly strangers: number;
}

/**
 * Sets faces aside for the judgement of a head. People of fewer than two events stay in the training as a whole.
 * @returns one of `part` for each face
 */
export function splitFaces(faces: TrainingFaces, shares: SplitShares, random: () => number): Uint8Array {
  const parts = new Uint8Array(faces.people.length);
  const set = (rows: readonly number[], to: number): void => {
    for (const row of rows) parts[row] = to;
  };
  const eventsOf = (rows: readonly number[]): Map<number, number[]> =>
    Map.groupBy(rows, (row) => faces.events[row] ?? 0);
  const people = [...rowsByPerson(faces).values()];
  const isNamed = (rows: readonly number[]): boolean => rows.some((row) => faces.trust[row] === 1);
  const judged = shuffled(
    people.filter((rows) => isNamed(rows) && eventsOf(rows).size > 1),
    random,
  );
  const unseen = Math.floor(judged.length * shares.unseen);
  for (const rows of judged.slice(0, unseen)) set(rows, part.unseen);
  for (const rows of judged.slice(unseen)) {
    const events = shuffled(eventsOf(rows).values(), random);
    const held = Math.max(1, Math.round(events.length * shares.known));
    for (const some of events.slice(0, held)) set(some, part.known);
  }
  const guessed = shuffled(
    people.filter((rows) => !isNamed(rows)),
    random,
  );
  for (const rows of guessed.slice(0, Math.floor(guessed.length * shares.strangers))) set(rows, part.stranger);
  const alone = shuffled(
    [...faces.people.keys()].filter((row) => faces.people[row] === lone),
    random,
  );
  set(alone.slice(0, Math.floor(alone.length * shares.strangers)), part.stranger);
  return parts;
}
