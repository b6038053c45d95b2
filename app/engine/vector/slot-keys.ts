import type { HeldVectors } from './vector-store.ts';

/** Which slots are of which key. */
export interface SlotKeys {
  /** By slot; 0: of none. */
  readonly keyOf: Int32Array;
  /** By slot: 1 where it has a key. */
  readonly isAny: Uint8Array;
  /** Ascending. */
  readonly slotsOf: ReadonlyMap<number, readonly number[]>;
  /** What `pairs` would have to be for all to stay as it is. */
  now(pairs: Int32Array): Int32Array<ArrayBuffer>;
  /** Gives the keys that have other slots now. */
  change(pairs: Int32Array): Set<number>;
  /** By slot: 1 where it is of one of these. */
  mark(keys: Iterable<number>): Uint8Array;
}

export function createSlotKeys(store: HeldVectors): SlotKeys {
  const keyOf = new Int32Array(store.size);
  const isAny = new Uint8Array(store.size);
  const slotsOf = new Map<number, number[]>();
  return {
    keyOf,
    isAny,
    slotsOf,
    now: (pairs) =>
      pairs.map((value, i) => (i % 2 === 0 ? value : (keyOf[store.slotOf(pairs[i - 1] ?? 0) ?? -1] ?? 0))),
    change: (pairs) => {
      const touched = new Set<number>();
      const coming = new Map<number, number[]>();
      for (let i = 0; i < pairs.length; i += 2) {
        const [slot, key] = [store.slotOf(pairs[i] ?? 0), pairs[i + 1] ?? 0];
        if (slot === undefined || keyOf[slot] === key) continue;
        touched.add(keyOf[slot] ?? 0).add(key);
        keyOf[slot] = key;
        isAny[slot] = key === 0 ? 0 : 1;
        const others = coming.get(key);
        if (others) others.push(slot);
        else coming.set(key, [slot]);
      }
      touched.delete(0);
      for (const key of touched) {
        const staying = (slotsOf.get(key) ?? []).filter((slot) => keyOf[slot] === key);
        const slots = [...new Set([...staying, ...(coming.get(key) ?? [])])].sort((a, b) => a - b);
        if (slots.length > 0) slotsOf.set(key, slots);
        else slotsOf.delete(key);
      }
      return touched;
    },
    mark: (keys) => {
      const marked = new Uint8Array(store.size);
      for (const key of keys) for (const slot of slotsOf.get(key) ?? []) marked[slot] = 1;
      return marked;
    },
  };
}
