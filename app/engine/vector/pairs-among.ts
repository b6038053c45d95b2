import type { ComparedFaces } from './compared-faces.ts';
import type { NearPairs } from './index-service.ts';

/**
 * The pairs of two of `ids` within `radius`, each once, in order of the faces: those of which one is among the other's
 * nearest.
 */
export function pairsAmong({ store, graph }: ComparedFaces, ids: Int32Array, radius: number): NearPairs {
  const own = new Uint8Array(store.size);
  for (const id of ids) {
    const slot = store.slotOf(id);
    if (slot !== undefined) own[slot] = 1;
  }
  const faces: number[] = [];
  const others: number[] = [];
  const found: number[] = [];
  for (let slot = 0; slot < store.size; slot++) {
    if (own[slot] === 0) continue;
    const list = graph.slots.at(slot);
    for (const [at, distance] of graph.distances.at(slot).entries()) {
      if (distance > radius) break;
      const other = list[at] ?? -1;
      // Of two that list each other the lower says so.
      if (own[other] !== 1 || (other < slot && graph.lists(other, slot, distance))) continue;
      faces.push(store.idAt(slot));
      others.push(store.idAt(other));
      found.push(distance);
    }
  }
  return { faces: Int32Array.from(faces), others: Int32Array.from(others), distances: Float32Array.from(found) };
}
