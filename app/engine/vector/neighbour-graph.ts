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
  /** Who learns of every change to the lists, right after it. */
  readonly watchers: Set<GraphWatcher>;
  /** Takes `neighbour` into the list of `slot` if it is nearer than the last there. */
  offer(slot: number, neighbour: number, distance: number): void;
  /** Takes one out of the list of `slot`, if it is there. */
  drop(slot: number, neighbour: number): void;
  /** Whether the first `most` of a slot's list hold another, which lies at exactly `distance`. */
  lists(slot: number, other: number, distance: number, most?: number): boolean;
  /** Forgets slots, in their own list and everyone else's. */
  forget(gone: ReadonlySet<number>): void;
}

export interface GraphWatcher {
  /** `neighbour` came into the list of `slot`, and `lost` (−1: nobody) had to go for it. */
  taken(slot: number, neighbour: number, lost: number): void;
  forgot(gone: ReadonlySet<number>): void;
}

export function createNeighbourGraph(
  k: number,
  slots = createSlotRows(k),
  distances = createDistanceRows(k),
): NeighbourGraph {
  const watchers = new Set<GraphWatcher>();

  const offer = (slot: number, neighbour: number, distance: number): void => {
    const row = slots.blocks[Math.floor(slot / blockRows)];
    const far = distances.blocks[Math.floor(slot / blockRows)];
    if (!row || !far) return;
    const first = (slot % blockRows) * k;
    let at = first + k - 1;
    if (distance >= (far[at] ?? Infinity)) return;
    const lost = row[at] ?? -1;
    for (; at > first && (far[at - 1] ?? 0) > distance; at--) {
      far[at] = far[at - 1] ?? Infinity;
      row[at] = row[at - 1] ?? -1;
    }
    far[at] = distance;
    row[at] = neighbour;
    if (watchers.size > 0) for (const watcher of watchers) watcher.taken(slot, neighbour, lost);
  };

  const drop = (slot: number, neighbour: number): void => {
    const list = slots.at(slot);
    const far = distances.at(slot);
    const at = list.indexOf(neighbour);
    if (at < 0) return;
    list.copyWithin(at, at + 1);
    far.copyWithin(at, at + 1);
    list[k - 1] = -1;
    far[k - 1] = Infinity;
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
    watchers,
    lists,
    grow: (count) => {
      slots.grow(count);
      distances.grow(count);
    },
    offer,
    drop,
    forget: (gone) => {
      for (const [at, block] of slots.blocks.entries()) {
        const far = distances.blocks[at];
        if (!far) continue;
        for (let row = 0; row < blockRows; row++) {
          const own = gone.has(at * blockRows + row);
          keepOnly(block, far, row * k, k, (slot) => !own && !gone.has(slot));
        }
      }
      for (const watcher of watchers) watcher.forgot(gone);
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
