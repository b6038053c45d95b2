import type { ComparedFaces } from './compared-faces.ts';

/** Others of the same person to which a face is compared: a person may look different at different ages. */
const compared = 3;

/**
 * How near each of a person's faces lies to the rest of them: the mean L2 to its three nearest among `ids`, as far as
 * the graph's lists tell. Infinity for a face that has none of them in its list or is not in the index.
 */
export function closeness({ store, graph }: ComparedFaces, ids: Int32Array): Float32Array<ArrayBuffer> {
  const own = new Set(Array.from(ids, (id) => store.slotOf(id)));
  return Float32Array.from(ids, (id) => {
    const slot = store.slotOf(id);
    if (slot === undefined) return Infinity;
    const list = graph.slots.at(slot);
    const distances = graph.distances.at(slot);
    let [sum, count] = [0, 0];
    for (let at = 0; at < list.length && count < compared; at++) {
      if (!own.has(list[at] ?? -1)) continue;
      sum += distances[at] ?? Infinity;
      count++;
    }
    return count === 0 ? Infinity : sum / count;
  });
}
