import type { ComparedFaces } from './compared-faces.ts';
import type { NearPairs } from './index-service.ts';

/**
 * The pairs of one of `ids` with a face that is not among them, within `radius`, nearest first: those of which one is
 * among the other's nearest. Every list is walked, because where a person has many faces they fill their own.
 */
export function pairsAround({ store, graph }: ComparedFaces, ids: Int32Array, radius: number): NearPairs {
  const own = new Uint8Array(store.size);
  for (const id of ids) {
    const slot = store.slotOf(id);
    if (slot !== undefined) own[slot] = 1;
  }
  /** Distance by the pair's two slots, own first: a pair may be seen from both ends. */
  const pairs = new Map<number, number>();
  for (let slot = 0; slot < store.size; slot++) {
    if (store.idAt(slot) === 0) continue;
    const mine = own[slot];
    const list = graph.slots.at(slot);
    for (const [at, distance] of graph.distances.at(slot).entries()) {
      if (distance > radius) break;
      const other = list[at] ?? -1;
      if (store.idAt(other) === 0 || own[other] === mine) continue;
      pairs.set(mine ? slot * store.size + other : other * store.size + slot, distance);
    }
  }
  const ordered = [...pairs].sort((p, q) => p[1] - q[1] || p[0] - q[0]);
  return {
    faces: Int32Array.from(ordered, ([pair]) => store.idAt(Math.floor(pair / store.size))),
    others: Int32Array.from(ordered, ([pair]) => store.idAt(pair % store.size)),
    distances: Float32Array.from(ordered, ([, distance]) => distance),
  };
}
