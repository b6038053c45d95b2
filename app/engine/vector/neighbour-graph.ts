/**
 * For every slot its `k` nearest others, nearest first: the edges that clustering walks. An edge counts in both
 * directions, so a face that drops out of another's list is still joined to it by its own.
 */
export interface NeighbourGraph {
  readonly k: number;
  /** `k` slots a row, −1 beyond the last. Replaced when it grows. */
  readonly slots: Int32Array<ArrayBuffer>;
  /** L2 distances, ascending, +∞ beyond the last. */
  readonly distances: Float32Array<ArrayBuffer>;
  /** Makes room for `count` slots. */
  grow(count: number): void;
  /** Takes `neighbour` into the list of `slot` if it is nearer than the last there. */
  offer(slot: number, neighbour: number, distance: number): void;
  /** Forgets slots, in their own list and everyone else's. */
  forget(gone: ReadonlySet<number>): void;
}

export function createNeighbourGraph(
  k: number,
  oldSlots: Int32Array<ArrayBuffer> = new Int32Array(0),
  oldDistances: Float32Array<ArrayBuffer> = new Float32Array(0),
): NeighbourGraph {
  let slots = oldSlots;
  let distances = oldDistances;

  const grow = (count: number): void => {
    if (count * k <= slots.length) return;
    const length = Math.max(1024, Math.ceil(count * 1.5)) * k;
    const largerSlots = new Int32Array(length).fill(-1);
    const largerDistances = new Float32Array(length).fill(Infinity);
    largerSlots.set(slots);
    largerDistances.set(distances);
    slots = largerSlots;
    distances = largerDistances;
  };

  const offer = (slot: number, neighbour: number, distance: number): void => {
    const first = slot * k;
    let at = first + k - 1;
    if (distance >= (distances[at] ?? Infinity)) return;
    for (; at > first && (distances[at - 1] ?? 0) > distance; at--) {
      distances[at] = distances[at - 1] ?? Infinity;
      slots[at] = slots[at - 1] ?? -1;
    }
    distances[at] = distance;
    slots[at] = neighbour;
  };

  const forgetIn = (first: number, gone: ReadonlySet<number>): void => {
    let to = first;
    for (let from = first; from < first + k; from++) {
      const neighbour = slots[from] ?? -1;
      if (neighbour < 0 || gone.has(neighbour)) continue;
      slots[to] = neighbour;
      distances[to++] = distances[from] ?? Infinity;
    }
    slots.fill(-1, to, first + k);
    distances.fill(Infinity, to, first + k);
  };

  return {
    k,
    get slots() {
      return slots;
    },
    get distances() {
      return distances;
    },
    grow,
    offer,
    forget: (gone) => {
      for (let first = 0; first < slots.length; first += k) forgetIn(first, gone);
      for (const slot of gone) {
        slots.fill(-1, slot * k, (slot + 1) * k);
        distances.fill(Infinity, slot * k, (slot + 1) * k);
      }
    },
  };
}
