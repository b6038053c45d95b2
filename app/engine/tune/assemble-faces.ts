import type { NearPairs } from '../vector/index-service.ts';
import { isUnitVector } from '../vector/vector-store.ts';
import { pickCandidates, type Candidates } from './candidates.ts';
import { eventsOf, type EventSettings } from './events.ts';
import type { NearRows } from './group-alone.ts';
import { guessPeople, inDoubt } from './guess-people.ts';
import { lone, pickFaces, type TrainingFaces } from './training-faces.ts';

/** What is known of the faces that were chosen to learn from. */
export interface Material {
  readonly chosen: Candidates;
  readonly dimensions: number;
  /** Along with `chosen`, as they are in the library: of norm 1, or unusable. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** Pairs of chosen faces within eps, by id. */
  readonly near: NearPairs;
  /** What the user said, of any faces (db/training-material.ts). */
  readonly rejections: Int32Array<ArrayBuffer>;
  readonly links: Int32Array<ArrayBuffer>;
  readonly mirrors: Int32Array<ArrayBuffer>;
  /** DBSCAN's eps, as the library groups now. */
  readonly eps: number;
}

export interface GuessSettings {
  /** Shares of eps: see guess-people.ts. */
  readonly tight: number;
  readonly doubtful: number;
  /** How far a guess is believed. */
  readonly trust: number;
}

/** Training faces, and who they are in the library. Arrays run along. */
export interface AssembledFaces {
  readonly training: TrainingFaces;
  readonly ids: Int32Array<ArrayBuffer>;
  /** Whom the user said it is; 0: nobody has. */
  readonly people: Int32Array<ArrayBuffer>;
  /** Faces that were left out because their vectors are none: NaN, or not of norm 1. */
  readonly unusable: number;
}

/**
 * Makes training faces of what the library knows. What the user confirmed or accepted is believed, tight groups are guessed
 * to be people, faces that may be somebody with a name teach nothing, and everybody else is a stranger. Two faces of one
 * photo, but in a mirror, and faces that the user told apart are two people, and a guess that says otherwise is none.
 */
export function assembleFaces(
  material: Material,
  { guesses, events }: { readonly guesses: GuessSettings; readonly events: EventSettings },
): AssembledFaces {
  const { chosen, vectors, usable } = withoutUnusable(material);
  const count = usable.length;
  const near = nearRowsOf(material.near, chosen.faces);
  const apart = apartRows(material, chosen, near);
  const guessed = guess(material, chosen, near, apart, guesses);
  const rows = [...chosen.people.keys()].filter((row) => chosen.people[row] !== 0 || guessed[row] !== inDoubt);
  const people = numberPeople(chosen.people, guessed);
  const training = pickFaces(
    {
      dimensions: material.dimensions,
      vectors,
      people,
      trust: Float32Array.from(chosen.people, (person) => (person === 0 ? guesses.trust : 1)),
      events: eventsOf(chosen, people, near, material.eps, events),
      apart: Int32Array.from(apart.pairs),
    },
    rows,
  );
  return {
    training,
    ids: Int32Array.from(rows, (row) => chosen.faces[row] ?? 0),
    people: Int32Array.from(rows, (row) => chosen.people[row] ?? 0),
    unusable: material.chosen.faces.length - count,
  };
}

function withoutUnusable({ chosen, dimensions, vectors }: Material): {
  readonly chosen: Candidates;
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly usable: Int32Array;
} {
  const vectorOf = (row: number): Float32Array => vectors.subarray(row * dimensions, (row + 1) * dimensions);
  const usable = chosen.faces.map((_, row) => row).filter((row) => isUnitVector(vectorOf(row), dimensions));
  if (usable.length === chosen.faces.length) return { chosen, vectors, usable };
  const kept = new Float32Array(usable.length * dimensions);
  for (const [at, row] of usable.entries()) kept.set(vectorOf(row), at * dimensions);
  return { chosen: pickCandidates(chosen, usable), vectors: kept, usable };
}

/** From faces to rows. */
function nearRowsOf({ faces, others, distances }: NearPairs, ids: Int32Array): NearRows {
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const pairs: number[] = [];
  const kept: number[] = [];
  for (const [at, distance] of distances.entries()) {
    const [a, b] = [rowOf.get(faces[at] ?? 0), rowOf.get(others[at] ?? 0)];
    if (a === undefined || b === undefined) continue;
    pairs.push(a, b);
    kept.push(distance);
  }
  return { pairs, distances: kept };
}

interface Apart {
  readonly pairs: readonly number[];
  /** Whether two rows are surely two people; who is not one face of somebody with a name is not that person at all. */
  has(a: number, b: number): boolean;
}

/** Pairs of rows that are surely two people. */
function apartRows({ rejections, links, mirrors }: Material, chosen: Candidates, near: NearRows): Apart {
  const { faces, people, photos } = chosen;
  const keys = new Set<number>();
  const notPerson = new Set<string>();
  const keyOf = (a: number, b: number): number => Math.min(a, b) * faces.length + Math.max(a, b);
  const add = (a: number, b: number): void => {
    // What the user said of each outweighs what follows from a photo.
    if (a === b || (people[a] !== 0 && people[a] === people[b])) return;
    keys.add(keyOf(a, b));
    if (people[a] !== 0) notPerson.add(`${b} ${people[a] ?? 0}`);
    if (people[b] !== 0) notPerson.add(`${a} ${people[b] ?? 0}`);
  };
  const rowOf = new Map(Array.from(faces, (id, row) => [id, row]));
  for (let i = 0; i < links.length; i += 3) {
    const [a, b] = [rowOf.get(links[i] ?? 0), rowOf.get(links[i + 1] ?? 0)];
    if (links[i + 2] === 0 && a !== undefined && b !== undefined) add(a, b);
  }
  const mirrored = new Set(mirrors);
  for (const [photo, rows] of Map.groupBy(photos.keys(), (row) => photos[row] ?? 0)) {
    if (mirrored.has(photo)) continue;
    for (const [at, a] of rows.entries()) for (const b of rows.slice(at + 1)) add(a, b);
  }
  const rejected = new Set<string>();
  for (let i = 0; i < rejections.length; i += 2) rejected.add(`${rejections[i] ?? 0} ${rejections[i + 1] ?? 0}`);
  for (let i = 0; i < near.pairs.length && rejected.size > 0; i += 2) {
    const [a, b] = [near.pairs[i] ?? 0, near.pairs[i + 1] ?? 0];
    const isNot = (one: number, other: number): boolean => rejected.has(`${faces[one] ?? 0} ${people[other] ?? 0}`);
    if (isNot(a, b) || isNot(b, a)) add(a, b);
  }
  return {
    pairs: Array.from(keys, (key) => [Math.floor(key / faces.length), key % faces.length]).flat(),
    has: (a, b) =>
      keys.has(keyOf(a, b)) || notPerson.has(`${a} ${people[b] ?? 0}`) || notPerson.has(`${b} ${people[a] ?? 0}`),
  };
}

/** As `guessPeople`, with what the user said of pairs. */
function guess(
  { links, eps }: Material,
  { faces, people }: Candidates,
  near: NearRows,
  apart: Apart,
  { tight, doubtful }: GuessSettings,
): Int32Array {
  const rowOf = new Map(Array.from(faces, (id, row) => [id, row]));
  const pairs: number[] = [];
  const distances: number[] = [];
  const join = (a: number, b: number, distance: number): void => {
    if (apart.has(a, b)) return;
    pairs.push(a, b);
    distances.push(distance);
  };
  for (const [at, distance] of near.distances.entries())
    join(near.pairs[2 * at] ?? 0, near.pairs[2 * at + 1] ?? 0, distance);
  for (let i = 0; i < links.length; i += 3) {
    const [a, b] = [rowOf.get(links[i] ?? 0), rowOf.get(links[i + 1] ?? 0)];
    if (links[i + 2] === 1 && a !== undefined && b !== undefined) join(a, b, 0);
  }
  const guessed = guessPeople({
    count: faces.length,
    pairs,
    distances,
    named: Uint8Array.from(people, (person) => Number(person !== 0)),
    tight: tight * eps,
    doubtful: doubtful * eps,
  });
  const wrong = new Set<number>();
  for (let i = 0; i < apart.pairs.length; i += 2) {
    const group = guessed[apart.pairs[i] ?? 0] ?? lone;
    if (group >= 0 && group === guessed[apart.pairs[i + 1] ?? 0]) wrong.add(group);
  }
  return guessed.map((group) => (wrong.has(group) ? inDoubt : group));
}

/** People from 0 on, guessed ones after those with a name; `lone` for everybody else. */
function numberPeople(people: Int32Array, guessed: Int32Array): Int32Array {
  const numbers = new Map<number, number>();
  for (const person of people) if (person !== 0 && !numbers.has(person)) numbers.set(person, numbers.size);
  const first = numbers.size;
  return people.map((person, row) => {
    if (person !== 0) return numbers.get(person) ?? lone;
    const group = guessed[row] ?? lone;
    return group < 0 ? lone : first + group;
  });
}
