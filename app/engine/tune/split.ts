import { shuffled } from '../seeded-random.ts';
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
  /** Divisions of the faces: in each another share of everything is held out, so that in the end every face was once. */
  readonly folds: number;
  /** Share of the named people that are held out altogether, in each division others. */
  readonly unseen: number;
}

/**
 * Sets faces aside for the judgement of a head, in as many ways as there are folds (cross-fitting). People of fewer
 * than two events stay in the training as a whole.
 * @returns for each fold one of `part` for each face
 */
export function splitFaces(faces: TrainingFaces, { folds, unseen }: SplitShares, random: () => number): Uint8Array[] {
  const divisions = Array.from({ length: folds }, () => new Uint8Array(faces.people.length));
  const set = (fold: number, rows: readonly number[], to: number): void => {
    for (const row of rows) (divisions[fold % folds] ?? new Uint8Array())[row] = to;
  };
  const people = [...rowsByPerson(faces).values()];
  const isNamed = (rows: readonly number[]): boolean => rows.some((row) => faces.trust[row] === 1);
  const judged = shuffled(judgedPeople(faces), random);
  for (const [at, events] of judged.entries()) {
    // Everybody begins with another fold, so that people of two events are spread over all.
    for (const [event, rows] of shuffled(events, random).entries()) set(at + event, rows, part.known);
  }
  const each = Math.min(Math.floor(judged.length * unseen), Math.floor(judged.length / folds));
  for (let fold = 0; fold < folds; fold++)
    for (const events of judged.slice(fold * each, (fold + 1) * each)) set(fold, events.flat(), part.unseen);
  const guessed = shuffled(
    people.filter((rows) => !isNamed(rows)),
    random,
  );
  for (const [at, rows] of guessed.entries()) set(at, rows, part.stranger);
  const alone = shuffled(
    [...faces.people.keys()].filter((row) => faces.people[row] === lone),
    random,
  );
  for (const [at, row] of alone.entries()) set(at, [row], part.stranger);
  return divisions;
}

/** The rows of the named people by event, of those who have at least two: only they can be checked with. */
export function judgedPeople(faces: TrainingFaces): number[][][] {
  return [...rowsByPerson(faces).values()]
    .filter((rows) => rows.some((row) => faces.trust[row] === 1))
    .map((rows) => [...Map.groupBy(rows, (row) => faces.events[row] ?? 0).values()])
    .filter((events) => events.length > 1);
}
