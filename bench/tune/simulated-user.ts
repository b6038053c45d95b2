import { guessPeople, inDoubt } from '../../app/engine/tune/guess-people.ts';
import { seededRandom, shuffled } from '../../app/engine/seeded-random.ts';
import { lone, type TrainingFaces } from '../../app/engine/tune/training-faces.ts';
import { settings } from '../../app/engine/settings.ts';
import type { KnownFaces } from '../../scripts/calibration/embed-folders.ts';
import { pickKnown } from '../../scripts/calibration/pick-known.ts';
import type { NearRows } from '../../app/engine/tune/group-alone.ts';

/** Photos from which the user names somebody. */
const leastPhotos = 6;
const neverNamed = 1 / 3;

/** Rows of the known faces, by what the user did. */
export interface SimulatedUser {
  /** By row the person that the user says it is. */
  readonly labels: ReadonlyMap<number, number>;
  /** The other half of the photos of named people: not in the library while it learns. */
  readonly heldOut: readonly number[];
  readonly never: readonly number[];
  readonly faces: TrainingFaces;
}

export interface Mistakes {
  /** Share of labels that are put on another named person. 1: all labels change hands. */
  readonly flipped: number;
}

/**
 * A user who names two thirds of the people with at least six photos, on half of these; everybody else is there as a
 * stranger. LFW knows nothing of events, so every photo is one.
 */
export function simulateUser(
  known: KnownFaces,
  near: NearRows,
  eps: number,
  seed: number,
  { flipped }: Mistakes = { flipped: 0 },
): SimulatedUser {
  const random = seededRandom(seed);
  const ofPerson = Map.groupBy(known.people.keys(), (row) => known.people[row] ?? lone);
  const candidates = shuffled(
    [...ofPerson.values()].filter((rows) => rows.length >= leastPhotos),
    random,
  );
  const named = candidates.slice(Math.round(candidates.length * neverNamed)).map((rows) => shuffled(rows, random));
  const never = candidates.slice(0, Math.round(candidates.length * neverNamed)).flat();
  const half = (rows: readonly number[]): number => Math.ceil(rows.length / 2);
  const labelled = named.flatMap((rows) => rows.slice(0, half(rows)));
  const heldOut = named.flatMap((rows) => rows.slice(half(rows)));
  const labels = new Map(labelled.map((row) => [row, known.people[row] ?? lone]));
  mislabel(labels, flipped, random);

  const { tight, doubtful, trust } = settings.tune.guesses;
  const guessed = guessPeople({
    count: known.people.length,
    ...without(near, new Set(heldOut)),
    named: Uint8Array.from(known.people, (_, row) => Number(labels.has(row))),
    tight: tight * eps,
    doubtful: doubtful * eps,
  });
  const away = new Set(heldOut);
  const rows = [...known.people.keys()].filter(
    (row) => !away.has(row) && (labels.has(row) || guessed[row] !== inDoubt),
  );
  const firstGuess = Math.max(...known.people) + 1;
  const { dimensions, vectors } = pickKnown(known, rows);
  const guessOf = (row: number): number => {
    const guess = guessed[row] ?? lone;
    return guess === lone ? lone : firstGuess + guess;
  };
  return {
    labels,
    heldOut,
    never,
    faces: {
      dimensions,
      vectors,
      people: Int32Array.from(rows, (row) => labels.get(row) ?? guessOf(row)),
      trust: Float32Array.from(rows, (row) => (labels.has(row) ? 1 : trust)),
      events: Int32Array.from(rows),
      apart: new Int32Array(0),
    },
  };
}

/** Hands a share of the labels round among the faces that carry them, so that every person keeps as many. */
function mislabel(labels: Map<number, number>, share: number, random: () => number): void {
  const wrong = shuffled(labels.keys(), random).slice(0, Math.round(labels.size * share));
  const people = shuffled(
    wrong.map((row) => labels.get(row) ?? lone),
    random,
  );
  for (const [at, row] of wrong.entries()) labels.set(row, people[at] ?? lone);
}

function without({ pairs, distances }: NearRows, rows: ReadonlySet<number>): NearRows {
  const keep = distances.flatMap((_, at) =>
    rows.has(pairs[2 * at] ?? -1) || rows.has(pairs[2 * at + 1] ?? -1) ? [] : [at],
  );
  return {
    pairs: keep.flatMap((at) => [pairs[2 * at] ?? 0, pairs[2 * at + 1] ?? 0]),
    distances: keep.map((at) => distances[at] ?? 0),
  };
}
