import { seededRandom } from '../seeded-random.ts';
import { cumulate, type BlockCounts } from './block-counts.ts';
import type { RocPoint } from './roc-points.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Draws of the bootstrap; the ends of the interval are the 13th of them from either side. */
const draws = 500;
const tail = 0.025;
const seed = 1;

/**
 * 95 % confidence of the true accept rate at the false accept rate of each point: a bootstrap over people (Efron 1979).
 * Blocks of people are drawn with replacement, because two pairs with one person in them are not two observations. A
 * pair of two people counts as often as both are drawn together, a pair of one as often as that person is. Where
 * nothing can be drawn, as with a single person, nothing is known: 0 to 1.
 * @param points ascending in `threshold`
 */
export async function rocBand(
  points: readonly RocPoint[],
  counts: BlockCounts,
  rest: () => Promise<void>,
): Promise<Range[]> {
  const thresholds = points.map(({ threshold }) => threshold);
  const same = cumulate(counts.same, thresholds);
  const different = cumulate(counts.different, thresholds);
  const random = seededRandom(seed);
  const rates: Float64Array[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const drawn = drawRates(counts.blocks, same, different, points, random);
    if (drawn) rates.push(drawn);
    if (draw % 50 === 0) await rest();
  }
  return points.map(({ tar }, k) => {
    const sorted = Float64Array.from(rates, (drawn) => drawn[k] ?? 0).sort();
    const at = Math.floor(tail * sorted.length);
    // The coarser counts of the blocks may be off by a hair.
    return { low: Math.min(tar, sorted[at] ?? 0), high: Math.max(tar, sorted.at(-1 - at) ?? 1) };
  });
}

/** The true accept rate at each point's false accept rate in one draw; undefined where a kind of pair is missing. */
function drawRates(
  blocks: number,
  same: Float64Array,
  different: Float64Array,
  points: readonly RocPoint[],
  random: () => number,
): Float64Array | undefined {
  const width = points.length + 1;
  const weights = new Float64Array(blocks);
  for (let i = 0; i < blocks; i++) {
    const drawn = Math.floor(random() * blocks);
    weights[drawn] = (weights[drawn] ?? 0) + 1;
  }
  const accepted = new Float64Array(width);
  const wrong = new Float64Array(width);
  const add = (sums: Float64Array, counts: Float64Array, row: number, weight: number): void => {
    for (let k = 0; k < width; k++) sums[k] = (sums[k] ?? 0) + weight * (counts[row * width + k] ?? 0);
  };
  for (const [a, weight] of weights.entries()) {
    if (weight === 0) continue;
    add(accepted, same, a, weight);
    add(wrong, different, a * blocks + a, weight);
    for (let b = a + 1; b < blocks; b++) {
      const other = weights[b] ?? 0;
      if (other > 0) add(wrong, different, a * blocks + b, weight * other);
    }
  }
  const [allSame, allDifferent] = [accepted[width - 1] ?? 0, wrong[width - 1] ?? 0];
  if (allSame === 0 || allDifferent === 0) return undefined;
  return ratesAt(
    points,
    wrong.map((sum) => sum / allDifferent),
    accepted.map((sum) => sum / allSame),
  );
}

/** TAR at the FAR of each point, on straight lines between those of the draw. Both ascend. */
function ratesAt(points: readonly RocPoint[], fars: Float64Array, tars: Float64Array): Float64Array {
  let after = 0;
  return Float64Array.from(points, ({ far }) => {
    while (after < points.length && (fars[after] ?? 1) <= far) after++;
    const [low, high] = [after === 0 ? 0 : (fars[after - 1] ?? 0), fars[after] ?? 1];
    const [from, to] = [after === 0 ? 0 : (tars[after - 1] ?? 0), tars[after] ?? 1];
    return high > low ? from + ((to - from) * (far - low)) / (high - low) : from;
  });
}
