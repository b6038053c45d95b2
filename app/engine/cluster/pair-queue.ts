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
const [fewestBuckets, mostBuckets] = [64, 2 ** 17];

/** @param room pairs that will wait, about */
export function createPairQueue(room: number): PairQueue {
  const count = Math.max(fewestBuckets, Math.min(mostBuckets, room));
  /** The first pair in each bucket, −1 for none, and of each pair the next one. */
  const firstOf = new Int32Array(count + 1).fill(-1);
  let pairs = createPairs(64);
  let [used, free] = [0, -1];
  /** Pairs in the buckets before `open`. */
  const front = createPairHeap();
  let open = 0;

  const bucketOf = (distance: number): number => Math.min(count, Math.floor((distance / widest) * count));
  const place = (): number => {
    if (free >= 0) {
      const at = free;
      free = pairs.next[at] ?? -1;
      return at;
    }
    if (used === pairs.next.length) pairs = grown(pairs);
    return used++;
  };
  /** Turns the next bucket that holds pairs nearer than `limit` into the heap. False where there is none. */
  const openNext = (limit: number): boolean => {
    const last = bucketOf(limit);
    while (open <= last && (firstOf[open] ?? -1) < 0) open++;
    if (open > last) return false;
    for (let at = firstOf[open] ?? -1; at >= 0;) {
      front.push(pairs.distances[at] ?? 0, pairs.firsts[at] ?? 0, pairs.seconds[at] ?? 0);
      const next = pairs.next[at] ?? -1;
      pairs.next[at] = free;
      free = at;
      at = next;
    }
    firstOf[open++] = -1;
    return true;
  };

  return {
    push: (distance, a, b) => {
      const bucket = bucketOf(distance);
      if (bucket < open) {
        front.push(distance, a, b);
        return;
      }
      const at = place();
      pairs.distances[at] = distance;
      pairs.firsts[at] = a;
      pairs.seconds[at] = b;
      pairs.next[at] = firstOf[bucket] ?? -1;
      firstOf[bucket] = at;
    },
    pop: (limit) => {
      while (front.nearest === Infinity) if (!openNext(limit)) return undefined;
      return front.nearest < limit ? front.pop() : undefined;
    },
  };
}

interface Pairs {
  readonly distances: Float64Array;
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly next: Int32Array;
}

function createPairs(count: number): Pairs {
  return {
    distances: new Float64Array(count),
    firsts: new Int32Array(count),
    seconds: new Int32Array(count),
    next: new Int32Array(count),
  };
}

function grown({ distances, firsts, seconds, next }: Pairs): Pairs {
  const larger = createPairs(2 * next.length);
  larger.distances.set(distances);
  larger.firsts.set(firsts);
  larger.seconds.set(seconds);
  larger.next.set(next);
  return larger;
}
