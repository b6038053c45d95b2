/** A pair of clusters and how far apart they were when it was pushed. */
export interface CandidatePair {
  readonly distance: number;
  readonly a: number;
  readonly b: number;
}

/** A binary heap, nearest pair first; ties by number, so that the order never depends on the arrival. */
export interface PairHeap {
  /** Distance of the nearest pair; Infinity where there is none. */
  readonly nearest: number;
  push(distance: number, a: number, b: number): void;
  pop(): CandidatePair | undefined;
}

/** Columns instead of objects: it holds every edge of a group, and comparing is all it does. */
export function createPairHeap(): PairHeap {
  const distances: number[] = [];
  const firsts: number[] = [];
  const seconds: number[] = [];

  const isBefore = (at: number, distance: number, a: number, b: number): boolean => {
    const own = distances[at] ?? 0;
    if (own !== distance) return own < distance;
    const first = firsts[at] ?? 0;
    return first < a || (first === a && (seconds[at] ?? 0) < b);
  };
  const put = (at: number, distance: number, a: number, b: number): void => {
    distances[at] = distance;
    firsts[at] = a;
    seconds[at] = b;
  };
  const move = (from: number, to: number): void => put(to, distances[from] ?? 0, firsts[from] ?? 0, seconds[from] ?? 0);

  return {
    get nearest() {
      return distances[0] ?? Infinity;
    },
    push: (distance, a, b) => {
      let at = distances.length;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (isBefore(parent, distance, a, b)) break;
        move(parent, at);
        at = parent;
      }
      put(at, distance, a, b);
    },
    pop: () => {
      const first = { distance: distances[0] ?? 0, a: firsts[0] ?? 0, b: seconds[0] ?? 0 };
      const distance = distances.pop();
      const a = firsts.pop() ?? 0;
      const b = seconds.pop() ?? 0;
      if (distance === undefined) return undefined;
      const length = distances.length;
      if (length === 0) return first;
      let at = 0;
      for (let child = 1; child < length; child = 2 * at + 1) {
        const right = child + 1;
        if (right < length && isBefore(right, distances[child] ?? 0, firsts[child] ?? 0, seconds[child] ?? 0))
          child = right;
        if (!isBefore(child, distance, a, b)) break;
        move(child, at);
        at = child;
      }
      put(at, distance, a, b);
      return first;
    },
  };
}
