/**
 * Pairs of faces by distance and by the people in them, coarsely and in constant memory, for a bootstrap over people:
 * people are dealt to blocks in turn, and the blocks are drawn. With no more people than blocks each is one.
 */
export interface BlockCounts {
  readonly blocks: number;
  /** `same[block × row + bin]`: pairs of one person. A row has the bins of [0, 2] and one for Infinity. */
  readonly same: Float64Array<ArrayBuffer>;
  /** `different[(a × blocks + b) × row + bin]`, a ≤ b: pairs of two people. */
  readonly different: Float64Array<ArrayBuffer>;
}

export interface BlockTally extends BlockCounts {
  /** `distance`: L2 between unit vectors, or Infinity; `one` and `other`: people, from 0 on. */
  add(distance: number, one: number, other: number): void;
}

/** Bins of [0, 2] and one beyond: a width of 0.004, between whose ends counts are taken to be even. */
const bins = 500;
const row = bins + 1;
/** 10 MB of counts. */
const mostBlocks = 50;

export function createBlockTally(people: number): BlockTally {
  const blocks = Math.max(1, Math.min(mostBlocks, people));
  const same = new Float64Array(blocks * row);
  const different = new Float64Array(blocks * blocks * row);
  return {
    blocks,
    same,
    different,
    add: (distance, one, other) => {
      const bin = distance < Infinity ? Math.min(bins - 1, Math.floor((distance * bins) / 2)) : bins;
      const [a, b] = [one % blocks, other % blocks];
      const at = one === other ? a * row + bin : (Math.min(a, b) * blocks + Math.max(a, b)) * row + bin;
      const counts = one === other ? same : different;
      counts[at] = (counts[at] ?? 0) + 1;
    },
  };
}

/** The same counts up to each of some distances (ascending) and, last, of all: a row of those for each block or pair. */
export function cumulate(counts: Float64Array, distances: readonly number[]): Float64Array {
  const width = distances.length + 1;
  const result = new Float64Array((counts.length / row) * width);
  for (let first = 0, to = 0; first < counts.length; first += row, to += width) {
    let [bin, below] = [0, 0];
    for (const [k, distance] of distances.entries()) {
      const place = Math.min(bins, (distance * bins) / 2);
      for (; bin + 1 <= place; bin++) below += counts[first + bin] ?? 0;
      result[to + k] = below + (place - bin) * (bin < bins ? (counts[first + bin] ?? 0) : 0);
    }
    for (; bin < row; bin++) below += counts[first + bin] ?? 0;
    result[to + width - 1] = below;
  }
  return result;
}
