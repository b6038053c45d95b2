/** A pair of clusters and how far apart they were when it was pushed. */
export interface CandidatePair {
  readonly distance: number;
  readonly a: number;
  readonly b: number;
}

const before = (p: CandidatePair, q: CandidatePair): boolean =>
  p.distance < q.distance || (p.distance === q.distance && (p.a < q.a || (p.a === q.a && p.b < q.b)));

/** A binary heap, nearest pair first; ties by number, so that the order never depends on the arrival. */
export interface PairHeap {
  push(pair: CandidatePair): void;
  pop(): CandidatePair | undefined;
}

export function createPairHeap(): PairHeap {
  const heap: CandidatePair[] = [];

  const rise = (pair: CandidatePair): void => {
    let at = heap.push(pair) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || !before(pair, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = pair;
  };

  const sink = (pair: CandidatePair): void => {
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      const left = heap[child];
      const right = heap[child + 1];
      const nearer = left && right && before(right, left) ? child + 1 : child;
      const below = heap[nearer];
      if (!below || !before(below, pair)) break;
      heap[at] = below;
      at = nearer;
    }
    heap[at] = pair;
  };

  return {
    push: rise,
    pop: () => {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length > 0 && last) sink(last);
      return first;
    },
  };
}
