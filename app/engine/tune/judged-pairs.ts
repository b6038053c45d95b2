import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import { part } from './split.ts';
import { lone, type TrainingFaces } from './training-faces.ts';

/**
 * The pairs of faces of which at least one was held out, by squared distance, ascending. Each lone face counts as a
 * person of its own. Two faces that the user has not named may be one person whatever was guessed, so such a pair is
 * never one of two people.
 */
export interface JudgedPairs {
  /** Pairs of one person: of whom, and the higher `part` of the two. */
  readonly same: { readonly squared: Float32Array; readonly person: Int32Array; readonly part: Uint8Array };
  /** The nearest pairs of two people: enough of them to find every threshold that is asked for. */
  readonly different: { readonly squared: Float32Array; readonly one: Int32Array; readonly other: Int32Array };
  /** Mean and standard deviation of the squared distance between two people. */
  readonly bulk: { readonly mean: number; readonly deviation: number };
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
  const pairs = new Pairs(owner, parts, namedRows(faces));
  const count = owner.length;
  const all = tf.tidy(() => tf.tensor2d(vectors, [count, dimensions]).transpose());
  try {
    for (let first = 0; first < held.length; first += blockRows) {
      const rows = held.slice(first, first + blockRows);
      const block = new Float32Array(rows.length * dimensions);
      for (const [at, row] of rows.entries())
        block.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
      const products = tf.tidy(() => tf.tensor2d(block, [rows.length, dimensions]).matMul(all).dataSync());
      if (first === 0) pairs.chooseTail(rows, products as Float32Array);
      for (const [at, row] of rows.entries())
        pairs.take(row, products.subarray(at * count, (at + 1) * count) as Float32Array);
    }
  } finally {
    all.dispose();
  }
  return pairs.sorted();
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

/** Gathers pairs row by row. */
class Pairs {
  readonly #owner: Int32Array;
  readonly #parts: Uint8Array;
  readonly #named: Uint8Array;
  readonly #same: [squared: number, person: number, part: number][] = [];
  readonly #different: [squared: number, one: number, other: number][] = [];
  #tail = 0;
  #count = 0;
  #sum = 0;
  #squares = 0;

  constructor(owner: Int32Array, parts: Uint8Array, named: Uint8Array) {
    this.#owner = owner;
    this.#parts = parts;
    this.#named = named;
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
    const own = this.#owner[row] ?? 0;
    const isNamed = this.#named[row] === 1;
    for (let other = 0; other < products.length; other++) {
      // Of two held-out faces the pair is taken once.
      if (other === row || (other < row && this.#parts[other] !== part.training)) continue;
      const squared = Math.max(0, 2 - 2 * (products[other] ?? 0));
      if (this.#owner[other] === own) {
        this.#same.push([squared, own, Math.max(this.#parts[row] ?? 0, this.#parts[other] ?? 0)]);
        continue;
      }
      if (!isNamed && this.#named[other] !== 1) continue;
      this.#count++;
      this.#sum += squared;
      this.#squares += squared * squared;
      if (squared <= this.#tail) this.#different.push([squared, own, this.#owner[other] ?? 0]);
    }
  }

  sorted(): JudgedPairs {
    const same = this.#same.sort((a, b) => a[0] - b[0]);
    const different = this.#different.sort((a, b) => a[0] - b[0]);
    const mean = this.#sum / this.#count;
    return {
      same: {
        squared: Float32Array.from(same, ([squared]) => squared),
        person: Int32Array.from(same, ([, person]) => person),
        part: Uint8Array.from(same, ([, , which]) => which),
      },
      different: {
        squared: Float32Array.from(different, ([squared]) => squared),
        one: Int32Array.from(different, ([, one]) => one),
        other: Int32Array.from(different, ([, , other]) => other),
      },
      bulk: { mean, deviation: Math.sqrt(Math.max(0, this.#squares / this.#count - mean * mean)) },
    };
  }
}
