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
/** See `Bulk`: a share of the pairs, and where that is fewer pairs than tell anything so many. */
const nearestShare = 1e-4;
const nearestLeast = 10;

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
    let [count, sum] = [0, 0];
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
      if (squared > tail) continue;
      near.push(squared);
      one.push(own);
      mate.push(owner[other] ?? 0);
      first.push(row);
      second.push(other);
    }
    this.#count += count;
    this.#sum += sum;
  }

  sorted(): JudgedPairs {
    const mean = this.#sum / this.#count;
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
        first: Int32Array.from(this.#different.first),
        second: Int32Array.from(this.#different.second),
      },
      bulk: { mean, reach: 0 },
      counts: [this.#counts],
    });
    const { squared } = pairs.different;
    const rank = Math.max(nearestLeast, Math.floor(nearestShare * this.#count));
    const nearest = squared[Math.min(squared.length - 1, rank)] ?? mean;
    return { ...pairs, bulk: { mean, reach: mean - nearest } };
  }
}
