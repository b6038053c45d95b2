import { orderByDistance } from '../cluster/order-by-distance.ts';
import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { countFaces, pairWeight, type FaceCounts } from './face-counts.ts';
import { part } from './split.ts';
import { lone, type TrainingFaces } from './training-faces.ts';
import { valuesOf } from './values-of.ts';

/**
 * The pairs of faces of which at least one was held out, by squared distance, ascending. Each lone face counts as a
 * person of its own. Two faces that the user has not named may be one person whatever was guessed, so such a pair is
 * never one of two people.
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
  };
  /** Mean and standard deviation of the squared distance between two people. */
  readonly bulk: { readonly mean: number; readonly deviation: number };
  /** How many faces of whom were compared: one entry for each division of the faces. */
  readonly counts: readonly FaceCounts[];
}

/** The rows of the two faces of each pair. */
interface PairRows {
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Held-out faces compared in one matrix product. */
const blockRows = 128;
/** Of the pairs of two people the nearest are kept: this many standard deviations below their mean. */
const tailDeviations = 2;

/** Compares held-out faces with all others. `vectors`: the faces after a head, rows of norm 1. */
export function judgePairs(
  tf: typeof TensorFlow,
  vectors: Float32Array,
  faces: Pick<TrainingFaces, 'people' | 'trust' | 'dimensions'>,
  parts: Uint8Array,
): JudgedPairs {
  const { dimensions } = faces;
  const owner = personIds(faces.people);
  const held = [...parts.keys()].filter((row) => parts[row] !== part.training);
  const named = namedRows(faces);
  const pairs = new Pairs(owner, parts, named, countFaces(owner, named, parts));
  const count = owner.length;
  const all = tf.tidy(() => tf.transpose(tf.tensor2d(vectors, [count, dimensions])));
  try {
    for (let first = 0; first < held.length; first += blockRows) {
      const rows = held.slice(first, first + blockRows);
      const block = new Float32Array(rows.length * dimensions);
      for (const [at, row] of rows.entries())
        block.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
      const products = valuesOf(tf, () => tf.matMul(tf.tensor2d(block, [rows.length, dimensions]), all));
      if (first === 0) pairs.chooseTail(rows, products);
      for (const [at, row] of rows.entries()) pairs.take(row, products.subarray(at * count, (at + 1) * count));
    }
  } finally {
    all.dispose();
  }
  return pairs.sorted();
}

/**
 * The pairs as if those of two people lay as widely as `bulk` says: heads stretch distances, so that pairs after two
 * heads have no threshold in common otherwise.
 */
export function rescaled(pairs: JudgedPairs, bulk: JudgedPairs['bulk']): JudgedPairs {
  const stretch = bulk.deviation / pairs.bulk.deviation;
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
  const floats = (of: (pairs: JudgedPairs) => Float32Array): Float32Array => Float32Array.from(joined(divisions, of));
  const ints = (of: (pairs: JudgedPairs) => Int32Array): Int32Array => Int32Array.from(joined(divisions, of));
  const mean = (of: (pairs: JudgedPairs) => number): number =>
    divisions.reduce((sum, pairs) => sum + of(pairs), 0) / divisions.length;
  return sortPairs({
    same: {
      squared: floats(({ same }) => same.squared),
      person: ints(({ same }) => same.person),
      part: Uint8Array.from(joined(divisions, ({ same }) => same.part)),
      weight: floats(({ same }) => same.weight),
      first: ints(({ same }) => same.first),
      second: ints(({ same }) => same.second),
    },
    different: {
      squared: floats(({ different }) => different.squared),
      one: ints(({ different }) => different.one),
      other: ints(({ different }) => different.other),
      first: ints(({ different }) => different.first),
      second: ints(({ different }) => different.second),
    },
    bulk: { mean: mean(({ bulk }) => bulk.mean), deviation: mean(({ bulk }) => bulk.deviation) },
    counts: divisions.flatMap(({ counts }) => counts),
  });
}

function joined(divisions: readonly JudgedPairs[], of: (pairs: JudgedPairs) => ArrayLike<number>): number[] {
  return divisions.flatMap((pairs) => Array.from(of(pairs)));
}

function sortPairs(pairs: JudgedPairs): JudgedPairs {
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

function emptyRows(): { first: number[]; second: number[] } {
  return { first: [], second: [] };
}

/** Gathers pairs row by row. */
class Pairs {
  readonly #owner: Int32Array;
  readonly #parts: Uint8Array;
  readonly #named: Uint8Array;
  readonly #counts: FaceCounts;
  readonly #same = { ...emptyRows(), squared: [] as number[], person: [] as number[], part: [] as number[] };
  readonly #different = { ...emptyRows(), squared: [] as number[], one: [] as number[], other: [] as number[] };
  #tail = 0;
  #count = 0;
  #sum = 0;
  #squares = 0;

  constructor(owner: Int32Array, parts: Uint8Array, named: Uint8Array, counts: FaceCounts) {
    this.#owner = owner;
    this.#parts = parts;
    this.#named = named;
    this.#counts = counts;
  }

  chooseTail(rows: readonly number[], products: Float32Array): void {
    const count = this.#owner.length;
    let [sum, squares, n] = [0, 0, 0];
    for (const [at, row] of rows.entries()) {
      for (let other = 0; other < count; other++) {
        if (this.#owner[row] === this.#owner[other]) continue;
        const squared = 2 - 2 * (products[at * count + other] ?? 0);
        sum += squared;
        squares += squared * squared;
        n++;
      }
    }
    const mean = sum / n;
    this.#tail = mean - tailDeviations * Math.sqrt(Math.max(0, squares / n - mean * mean));
  }

  take(row: number, products: Float32Array): void {
    const owner = this.#owner;
    const named = this.#named;
    const parts = this.#parts;
    const { squared: near, one, other: mate, first, second } = this.#different;
    const tail = this.#tail;
    const own = owner[row] ?? 0;
    const which = parts[row] ?? 0;
    const isNamed = named[row] === 1;
    let [count, sum, squares] = [0, 0, 0];
    for (let other = 0; other < products.length; other++) {
      // Of two held-out faces the pair is taken once.
      if (other === row || (other < row && parts[other] !== part.training)) continue;
      const isSame = owner[other] === own;
      if (!isSame && !isNamed && named[other] !== 1) continue;
      const squared = Math.max(0, 2 - 2 * (products[other] ?? 0));
      if (isSame) {
        this.#same.squared.push(squared);
        this.#same.person.push(own);
        this.#same.part.push(Math.max(which, parts[other] ?? 0));
        this.#same.first.push(row);
        this.#same.second.push(other);
        continue;
      }
      count++;
      sum += squared;
      squares += squared * squared;
      if (squared > tail) continue;
      near.push(squared);
      one.push(own);
      mate.push(owner[other] ?? 0);
      first.push(row);
      second.push(other);
    }
    this.#count += count;
    this.#sum += sum;
    this.#squares += squares;
  }

  sorted(): JudgedPairs {
    const mean = this.#sum / this.#count;
    return sortPairs({
      same: {
        squared: Float32Array.from(this.#same.squared),
        person: Int32Array.from(this.#same.person),
        part: Uint8Array.from(this.#same.part),
        weight: Float32Array.from(this.#same.person, (person) => pairWeight(this.#counts, person)),
        first: Int32Array.from(this.#same.first),
        second: Int32Array.from(this.#same.second),
      },
      different: {
        squared: Float32Array.from(this.#different.squared),
        one: Int32Array.from(this.#different.one),
        other: Int32Array.from(this.#different.other),
        first: Int32Array.from(this.#different.first),
        second: Int32Array.from(this.#different.second),
      },
      bulk: { mean, deviation: Math.sqrt(Math.max(0, this.#squares / this.#count - mean * mean)) },
      counts: [this.#counts],
    });
  }
}
