import { blockRows, createRows, type Rows } from './rows.ts';

/**
 * For every slot its `k` nearest others, nearest first: the edges that clustering walks. An edge counts in both
 * directions, so a face that drops out of another's list is still joined to it by its own. A slot that was freed may
 * stay in the lists of others until `forget`: readers pass over it.
 */
export interface NeighbourGraph {
  readonly k: number;
  /** `k` slots a row, −1 beyond the last. */
  readonly slots: Rows<Int32Array<ArrayBuffer>>;
  /** L2 distances, ascending, +∞ beyond the last. Both ends of an edge hold the same number. */
  readonly distances: Rows<Float32Array<ArrayBuffer>>;
  /** Makes room for `count` slots. */
  grow(count: number): void;
  /** Takes `neighbour` into the list of `slot` if it is nearer than the last there. */
  offer(slot: number, neighbour: number, distance: number): void;
  /** Whether the first `most` of a slot's list hold another, which lies at exactly `distance`. */
  lists(slot: number, other: number, distance: number, most?: number): boolean;
  /** Forgets slots, in their own list and everyone else's. */
  forget(gone: ReadonlySet<number>): void;
}

export function createNeighbourGraph(
  k: number,
  slots = createSlotRows(k),
  distances = createDistanceRows(k),
): NeighbourGraph {
  const offer = (slot: number, neighbour: number, distance: number): void => {
    const row = slots.blocks[Math.floor(slot / blockRows)];
    const far = distances.blocks[Math.floor(slot / blockRows)];
    if (!row || !far) return;
    const first = (slot % blockRows) * k;
    let at = first + k - 1;
    if (distance >= (far[at] ?? Infinity)) return;
    for (; at > first && (far[at - 1] ?? 0) > distance; at--) {
      far[at] = far[at - 1] ?? Infinity;
      row[at] = row[at - 1] ?? -1;
    }
    far[at] = distance;
    row[at] = neighbour;
  };

  const lists = (slot: number, other: number, distance: number, most = k): boolean => {
    const block = Math.floor(slot / blockRows);
    const list = slots.blocks[block];
    const far = distances.blocks[block];
    if (!list || !far) return false;
    let low = (slot % blockRows) * k;
    const end = low + most;
    for (let high = end; low < high;) {
      const middle = (low + high) >> 1;
      if ((far[middle] ?? Infinity) < distance) low = middle + 1;
      else high = middle;
    }
    for (; low < end && far[low] === distance; low++) if (list[low] === other) return true;
    return false;
  };

  return {
    k,
    slots,
    distances,
    lists,
    grow: (count) => {
      slots.grow(count);
      distances.grow(count);
    },
    offer,
    forget: (gone) => {
      for (const [at, block] of slots.blocks.entries()) {
        const far = distances.blocks[at];
        if (!far) continue;
        for (let row = 0; row < blockRows; row++) {
          const own = gone.has(at * blockRows + row);
          keepOnly(block, far, row * k, k, (slot) => !own && !gone.has(slot));
        }
      }
    },
  };
}

/** Closes up what is kept of one list. */
function keepOnly(
  slots: Int32Array,
  distances: Float32Array,
  first: number,
  k: number,
  isKept: (slot: number) => boolean,
): void {
  let to = first;
  for (let from = first; from < first + k; from++) {
    const slot = slots[from] ?? -1;
    if (slot < 0) break;
    if (!isKept(slot)) continue;
    slots[to] = slot;
    distances[to++] = distances[from] ?? Infinity;
  }
  slots.fill(-1, to, first + k);
  distances.fill(Infinity, to, first + k);
}

export function createSlotRows(k: number): Rows<Int32Array<ArrayBuffer>> {
  return createRows(k, (length) => new Int32Array(length).fill(-1));
}

export function createDistanceRows(k: number): Rows<Float32Array<ArrayBuffer>> {
  return createRows(k, (length) => new Float32Array(length).fill(Infinity));
}
