import { createPairHeap, type CandidatePair } from './pair-heap.ts';

/**
 * Pairs of clusters that wait for their turn, nearest first, ties by number. For work that goes from near to far: pairs
 * lie unsorted in buckets by their distance, and only the bucket whose turn it is is a heap. One heap of a million pairs
 * misses the cache at every step of every push.
 */
export interface PairQueue {
  push(distance: number, a: number, b: number): void;
  /** The nearest pair, if it lies nearer than `limit`. */
  pop(limit: number): CandidatePair | undefined;
}

/** Distances are those of unit vectors. */
const widest = 2;
const [fewestBuckets, mostBuckets] = [64, 2 ** 20];

/** @param room pairs that will wait, about */
export function createPairQueue(room: number): PairQueue {
  const count = Math.max(fewestBuckets, Math.min(mostBuckets, room));
  /** The first pair in each bucket; each leads to the next one. 0: none. */
  const firstOf = new Int32Array(count + 1);
  let cells = createCells(new ArrayBuffer(64 * cellBytes));
  /** Cells that were used, of which the first stands for none, and the first of those that are free again. */
  let [used, free] = [1, 0];
  /** Pairs in the buckets before `open`. */
  const front = createPairHeap();
  let open = 0;

  const bucketOf = (distance: number): number => Math.min(count, Math.floor((distance / widest) * count));
  const newCell = (): number => {
    const at = free;
    if (at !== 0) {
      free = cells.whole[6 * at + 4] ?? 0;
      return at;
    }
    if (used * cellBytes === cells.whole.byteLength) {
      cells = createCells(cells.whole.buffer.transfer(2 * cells.whole.byteLength));
    }
    return used++;
  };
  /** Turns the next bucket that holds pairs nearer than `limit` into the heap. False where there is none. */
  const openNext = (limit: number): boolean => {
    const last = bucketOf(limit);
    while (open <= last && firstOf[open] === 0) open++;
    if (open > last) return false;
    const { whole, real } = cells;
    for (let at = firstOf[open] ?? 0; at !== 0;) {
      front.push(real[3 * at] ?? 0, whole[6 * at + 2] ?? 0, whole[6 * at + 3] ?? 0);
      const next = whole[6 * at + 4] ?? 0;
      whole[6 * at + 4] = free;
      free = at;
      at = next;
    }
    firstOf[open++] = 0;
    return true;
  };

  return {
    push: (distance, a, b) => {
      const bucket = bucketOf(distance);
      if (bucket < open) {
        front.push(distance, a, b);
        return;
      }
      const at = newCell();
      cells.real[3 * at] = distance;
      cells.whole[6 * at + 2] = a;
      cells.whole[6 * at + 3] = b;
      cells.whole[6 * at + 4] = firstOf[bucket] ?? 0;
      firstOf[bucket] = at;
    },
    pop: (limit) => {
      while (front.nearest === Infinity) if (!openNext(limit)) return undefined;
      return front.nearest < limit ? front.pop() : undefined;
    },
  };
}

const cellBytes = 24;

/**
 * A waiting pair in one piece of memory: its distance in float64, then as whole numbers its two clusters and the cell that
 * comes next.
 */
interface Cells {
  readonly real: Float64Array;
  readonly whole: Int32Array<ArrayBuffer>;
}

function createCells(bytes: ArrayBuffer): Cells {
  return { real: new Float64Array(bytes), whole: new Int32Array(bytes) };
}
