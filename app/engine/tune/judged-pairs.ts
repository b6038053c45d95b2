import { orderByDistance } from '../cluster/order-by-distance.ts';
import type { FaceCounts } from './face-counts.ts';
import type { Bulk } from './group-alone.ts';
import { lone, type TrainingFaces } from './training-faces.ts';

/**
 * The pairs of faces of which at least one was held out, by squared distance, ascending. Each lone face counts as a
 * person of its own.
 */
export interface JudgedPairs {
  /** Pairs of one person: of which rows, of whom, the higher `part` of the two, and what the pair weighs. */
  readonly same: PairRows & {
    readonly squared: Float32Array;
    readonly person: Int32Array;
    readonly part: Uint8Array;
    readonly weight: Float32Array;
  };
  /** The nearest pairs of two people: enough of them to find every threshold that is asked for. */
  readonly different: PairRows & {
    readonly squared: Float32Array;
    readonly one: Int32Array;
    readonly other: Int32Array;
    /** 1 where the user has named neither. */
    readonly unnamed: Uint8Array;
  };
  /**
   * Two faces that the user has not named may be one person whatever was guessed. Strangers are taken to be as much alike as
   * others before a head: so many of the nearest unnamed pairs as lie above that share are presumed to be of one person,
   * and as many after a head. If more of them are near then, the head has drawn strangers together.
   */
  readonly presumed: number;
  readonly bulk: Bulk;
  /** How many faces of whom were compared: one entry for each division of the faces. */
  readonly counts: readonly FaceCounts[];
}

/** The rows of the two faces of each pair. */
interface PairRows {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/**
 * The pairs as if those of two people lay as widely as `bulk` says: heads stretch distances, so that pairs after two
 * heads have no threshold in common otherwise.
 */
export function rescaled(pairs: JudgedPairs, bulk: JudgedPairs['bulk']): JudgedPairs {
  const stretch = bulk.reach / pairs.bulk.reach;
  const move = (squared: number): number => Math.max(0, bulk.mean + (squared - pairs.bulk.mean) * stretch);
  return {
    ...pairs,
    same: { ...pairs.same, squared: pairs.same.squared.map(move) },
    different: { ...pairs.different, squared: pairs.different.squared.map(move) },
    bulk,
  };
}

/** Pairs of several divisions of the same faces, each perhaps after a head of its own, as one. */
export function poolPairs(divisions: readonly JudgedPairs[]): JudgedPairs {
  const floats = (of: (pairs: JudgedPairs) => Float32Array): Float32Array =>
    joined(divisions.map(of), (length) => new Float32Array(length));
  const ints = (of: (pairs: JudgedPairs) => Int32Array): Int32Array =>
    joined(divisions.map(of), (length) => new Int32Array(length));
  const bytes = (of: (pairs: JudgedPairs) => Uint8Array): Uint8Array =>
    joined(divisions.map(of), (length) => new Uint8Array(length));
  const mean = (of: (pairs: JudgedPairs) => number): number =>
    divisions.reduce((sum, pairs) => sum + of(pairs), 0) / divisions.length;
  return sortPairs({
    same: {
      squared: floats(({ same }) => same.squared),
      person: ints(({ same }) => same.person),
      part: bytes(({ same }) => same.part),
      weight: floats(({ same }) => same.weight),
      first: ints(({ same }) => same.first),
      second: ints(({ same }) => same.second),
    },
    different: {
      squared: floats(({ different }) => different.squared),
      one: ints(({ different }) => different.one),
      other: ints(({ different }) => different.other),
      unnamed: bytes(({ different }) => different.unnamed),
      first: ints(({ different }) => different.first),
      second: ints(({ different }) => different.second),
    },
    presumed: divisions.reduce((sum, { presumed }) => sum + presumed, 0),
    bulk: { mean: mean(({ bulk }) => bulk.mean), reach: mean(({ bulk }) => bulk.reach) },
    counts: divisions.flatMap(({ counts }) => counts),
  });
}

/** One after another; `make` gives room for so many. */
function joined<Numbers extends Float32Array | Int32Array | Uint8Array>(
  parts: readonly Numbers[],
  make: (length: number) => Numbers,
): Numbers {
  const all = make(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** In the order of their distances. */
export function sortPairs(pairs: JudgedPairs): JudgedPairs {
  const { same, different } = pairs;
  const own = orderByDistance(same.squared);
  const others = orderByDistance(different.squared);
  return {
    ...pairs,
    same: {
      squared: same.squared.map((_, i) => same.squared[own[i] ?? 0] ?? 0),
      person: same.person.map((_, i) => same.person[own[i] ?? 0] ?? 0),
      part: same.part.map((_, i) => same.part[own[i] ?? 0] ?? 0),
      weight: same.weight.map((_, i) => same.weight[own[i] ?? 0] ?? 0),
      first: same.first.map((_, i) => same.first[own[i] ?? 0] ?? 0),
      second: same.second.map((_, i) => same.second[own[i] ?? 0] ?? 0),
    },
    different: {
      squared: different.squared.map((_, i) => different.squared[others[i] ?? 0] ?? 0),
      one: different.one.map((_, i) => different.one[others[i] ?? 0] ?? 0),
      other: different.other.map((_, i) => different.other[others[i] ?? 0] ?? 0),
      unnamed: different.unnamed.map((_, i) => different.unnamed[others[i] ?? 0] ?? 0),
      first: different.first.map((_, i) => different.first[others[i] ?? 0] ?? 0),
      second: different.second.map((_, i) => different.second[others[i] ?? 0] ?? 0),
    },
  };
}

/** Numbers people from 0 on, each lone face as one. */
export function personIds(people: Int32Array): Int32Array {
  let next = people.reduce((most, person) => Math.max(most, person), lone) + 1;
  return people.map((person) => (person === lone ? next++ : person));
}

/** 1 for each face that the user has named. */
export function namedRows({ people, trust }: Pick<TrainingFaces, 'people' | 'trust'>): Uint8Array {
  return Uint8Array.from(people, (person, row) => Number(person !== lone && trust[row] === 1));
}
