/** A pair of clusters and how far apart they were when it was pushed. */
export interface CandidatePair {
  readonly distance: number;
  readonly a: number;
  readonly b: number;
}

/** A heap, nearest pair first; ties by number, so that the order never depends on the arrival. */
export interface PairHeap {
  /** Distance of the nearest pair; Infinity where there is none. */
  readonly nearest: number;
  push(distance: number, a: number, b: number): void;
  pop(): CandidatePair | undefined;
}

/** Children of a pair: four make fewer steps than two, and lie side by side. */
const children = 4;

export function createPairHeap(): PairHeap {
  let cells = createCells(new ArrayBuffer(64 * cellBytes));
  let count = 0;

  const isBefore = (at: number, distance: number, a: number, b: number): boolean => {
    const own = cells.real[2 * at] ?? 0;
    if (own !== distance) return own < distance;
    const first = cells.whole[4 * at + 2] ?? 0;
    return first < a || (first === a && (cells.whole[4 * at + 3] ?? 0) < b);
  };
  const put = (at: number, distance: number, a: number, b: number): void => {
    cells.real[2 * at] = distance;
    cells.whole[4 * at + 2] = a;
    cells.whole[4 * at + 3] = b;
  };
  const move = (from: number, to: number): void => {
    cells.real[2 * to] = cells.real[2 * from] ?? 0;
    cells.whole[4 * to + 2] = cells.whole[4 * from + 2] ?? 0;
    cells.whole[4 * to + 3] = cells.whole[4 * from + 3] ?? 0;
  };
  const pairAt = (at: number): CandidatePair => {
    const { real, whole } = cells;
    return { distance: real[2 * at] ?? 0, a: whole[4 * at + 2] ?? 0, b: whole[4 * at + 3] ?? 0 };
  };
  /** The nearest of the pairs `first` … `end` − 1. */
  const nearestAmong = (first: number, end: number): number => {
    let found = first;
    let distance = cells.real[2 * first] ?? 0;
    for (let at = first + 1; at < end; at++) {
      const own = cells.real[2 * at] ?? 0;
      if (own > distance) continue;
      if (own === distance && !isBefore(at, distance, cells.whole[4 * found + 2] ?? 0, cells.whole[4 * found + 3] ?? 0))
        continue;
      found = at;
      distance = own;
    }
    return found;
  };

  return {
    get nearest() {
      return count > 0 ? (cells.real[0] ?? 0) : Infinity;
    },
    push: (distance, a, b) => {
      if (count * cellBytes === cells.bytes.byteLength)
        cells = createCells(cells.bytes.transfer(2 * count * cellBytes));
      let at = count++;
      while (at > 0) {
        const parent = Math.floor((at - 1) / children);
        if (isBefore(parent, distance, a, b)) break;
        move(parent, at);
        at = parent;
      }
      put(at, distance, a, b);
    },
    pop: () => {
      if (count === 0) return undefined;
      const first = pairAt(0);
      const { distance, a, b } = pairAt(--count);
      let at = 0;
      for (let below = 1; below < count; below = children * at + 1) {
        const child = nearestAmong(below, Math.min(below + children, count));
        if (!isBefore(child, distance, a, b)) break;
        move(child, at);
        at = child;
      }
      put(at, distance, a, b);
      return first;
    },
  };
}

const cellBytes = 16;

/** A pair in one piece of memory: its distance in float64, then its two clusters as whole numbers. */
interface Cells {
  readonly bytes: ArrayBuffer;
  readonly real: Float64Array;
  readonly whole: Int32Array;
}

function createCells(bytes: ArrayBuffer): Cells {
  return { bytes, real: new Float64Array(bytes), whole: new Int32Array(bytes) };
}
