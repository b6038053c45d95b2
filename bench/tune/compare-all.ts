import type { TensorFlow } from '../../app/engine/model/engines/tfjs/backend.ts';
import type { NearRows } from '../../app/engine/tune/group-alone.ts';
import { valuesOf } from '../../app/engine/tune/values-of.ts';

const bins = 2 ** 15;
const perUnit = bins / 4;
const blockRows = 256;

/** Shares of the pairs of one person accepted at false accept rates, for one set of rows. */
export type Tars = ReadonlyMap<number, number>;

export interface Compared {
  /** By set, in order. */
  readonly tars: readonly Tars[];
  /** Pairs within the radius. */
  readonly near: NearRows;
}

/** Compares every row with every other, for several sets of rows at once (at most 8). Finest step: 1.2e-4 in squared distance. */
export function compareAll(
  tf: typeof TensorFlow,
  vectors: Float32Array,
  people: readonly number[],
  sets: readonly (readonly number[])[],
  fars: readonly number[],
  radius: number,
): Compared {
  const count = people.length;
  const dimensions = vectors.length / count;
  const inSets = new Uint8Array(count);
  for (const [set, rows] of sets.entries()) for (const row of rows) inSets[row] = (inSets[row] ?? 0) | (1 << set);
  const same = sets.map(() => new Float64Array(bins));
  const different = sets.map(() => new Float64Array(bins));
  const who = Int32Array.from(people);
  const pairs: number[] = [];
  const distances: number[] = [];
  const all = tf.tidy(() => tf.transpose(tf.tensor2d(vectors, [count, dimensions])));
  for (let first = 0; first < count; first += blockRows) {
    const rows = Math.min(blockRows, count - first);
    const block = vectors.subarray(first * dimensions, (first + rows) * dimensions);
    const products = valuesOf(tf, () => tf.matMul(tf.tensor2d(block, [rows, dimensions]), all));
    for (let row = first; row < first + rows; row++) {
      const own = inSets[row] ?? 0;
      for (let other = row + 1; other < count; other++) {
        const squared = Math.max(0, 2 - 2 * (products[(row - first) * count + other] ?? 0));
        if (squared <= radius * radius) {
          pairs.push(row, other);
          distances.push(Math.sqrt(squared));
        }
        const both = own & (inSets[other] ?? 0);
        if (both === 0) continue;
        const bin = Math.min(bins - 1, Math.floor(squared * perUnit));
        const kind = who[row] === who[other] ? same : different;
        for (let set = 0; set < sets.length; set++) {
          const histogram = kind[set];
          if (histogram && both & (1 << set)) histogram[bin] = (histogram[bin] ?? 0) + 1;
        }
      }
    }
  }
  all.dispose();
  const tars = sets.map((_, set) => {
    const [own, others] = [same[set], different[set]];
    if (!own || !others) throw new Error('a histogram for each set');
    return new Map(fars.map((far) => [far, tarAt(own, others, far)]));
  });
  return { tars, near: { pairs, distances } };
}

function tarAt(same: Float64Array, different: Float64Array, far: number): number {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const allowed = far * sum(different);
  let [wrong, accepted] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    wrong += different[bin] ?? 0;
    if (wrong > allowed) break;
    accepted += same[bin] ?? 0;
  }
  return accepted / sum(same);
}
