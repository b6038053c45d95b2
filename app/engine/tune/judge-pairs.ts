import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { countFaces, pairWeight, type FaceCounts } from './face-counts.ts';
import { namedRows, personIds, sortPairs, type JudgedPairs } from './judged-pairs.ts';
import { part } from './split.ts';
import type { TrainingFaces } from './training-faces.ts';
import { valuesOf } from './values-of.ts';

/** Held-out faces compared in one matrix product. */
const blockRows = 128;
/** Of the pairs of two people the nearest are kept: those this many standard deviations below the mean. */
const tailDeviations = 2;
/** See `Bulk` and `JudgedPairs.presumed`: shares of the pairs, and where that is fewer pairs than tell anything so many. */
const [bulkShare, presumedShare] = [1e-3, 1e-4];
const nearestLeast = 10;

/**
 * Compares held-out faces with all others.
 * @param vectors the faces after a head, rows of norm 1
 * @param presumed `JudgedPairs.presumed` of the same faces before the head; left out for those before
 */
export function judgePairs(
  tf: typeof TensorFlow,
  vectors: Float32Array,
  faces: Pick<TrainingFaces, 'people' | 'trust' | 'dimensions'>,
  parts: Uint8Array,
  presumed?: number,
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
  return pairs.sorted(presumed);
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
  readonly #different = {
    ...emptyRows(),
    squared: [] as number[],
    one: [] as number[],
    other: [] as number[],
    unnamed: [] as number[],
  };
  #tail = 0;
  /** Pairs of two people of which the user has named one or both, and neither. */
  readonly #counted = { named: 0, unnamed: 0 };
  #sum = 0;

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
    const { squared: near, one, other: mate, first, second, unnamed } = this.#different;
    const tail = this.#tail;
    const own = owner[row] ?? 0;
    const which = parts[row] ?? 0;
    const isNamed = named[row] === 1;
    let [namedPairs, unnamedPairs, sum] = [0, 0, 0];
    for (let other = 0; other < products.length; other++) {
      // Of two held-out faces the pair is taken once.
      if (other === row || (other < row && parts[other] !== part.training)) continue;
      const squared = Math.max(0, 2 - 2 * (products[other] ?? 0));
      if (owner[other] === own) {
        this.#same.squared.push(squared);
        this.#same.person.push(own);
        this.#same.part.push(Math.max(which, parts[other] ?? 0));
        this.#same.first.push(row);
        this.#same.second.push(other);
        continue;
      }
      const isOfNamed = isNamed || named[other] === 1;
      if (isOfNamed) {
        namedPairs++;
        sum += squared;
      } else unnamedPairs++;
      if (squared > tail) continue;
      unnamed.push(isOfNamed ? 0 : 1);
      near.push(squared);
      one.push(own);
      mate.push(owner[other] ?? 0);
      first.push(row);
      second.push(other);
    }
    this.#counted.named += namedPairs;
    this.#counted.unnamed += unnamedPairs;
    this.#sum += sum;
  }

  sorted(presumed?: number): JudgedPairs {
    const { named, unnamed } = this.#counted;
    const mean = this.#sum / named;
    const pairs = sortPairs({
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
        unnamed: Uint8Array.from(this.#different.unnamed),
        first: Int32Array.from(this.#different.first),
        second: Int32Array.from(this.#different.second),
      },
      presumed: 0,
      bulk: { mean, reach: 0 },
      counts: [this.#counts],
    });
    const rankOf = (share: number): number => Math.max(nearestLeast, Math.floor(share * named));
    const reached = nearestNamed(pairs.different, rankOf(bulkShare)).squared ?? mean;
    const nearer = nearestNamed(pairs.different, rankOf(presumedShare)).unnamed;
    return {
      ...pairs,
      presumed: presumed ?? Math.max(0, nearer - (rankOf(presumedShare) / named) * unnamed),
      bulk: { mean, reach: mean - reached },
    };
  }
}

/** The squared distance of the named pair of that rank, from 0 on, and how many unnamed pairs lie nearer. */
function nearestNamed(
  { squared, unnamed }: JudgedPairs['different'],
  rank: number,
): { readonly squared: number | undefined; readonly unnamed: number } {
  let [named, others] = [0, 0];
  for (let at = 0; at < squared.length; at++) {
    if (unnamed[at] === 1) others++;
    else if (named++ === rank) return { squared: squared[at], unnamed: others };
  }
  return { squared: squared.at(-1), unnamed: others };
}
