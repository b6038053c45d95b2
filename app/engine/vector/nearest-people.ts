import type { FaceIndex } from './face-index.ts';

/** For faces that belong to nobody named: who lies nearest. Rows run along with `faces`. */
export interface NearestPeople {
  readonly faces: Int32Array<ArrayBuffer>;
  /** The nearest face of somebody, and the person it belongs to. */
  readonly nearest: Int32Array<ArrayBuffer>;
  readonly people: Int32Array<ArrayBuffer>;
  /** L2. */
  readonly distances: Float32Array<ArrayBuffer>;
}

/**
 * For each face without an owner its nearest face of every owner within `radius`, as far as the graph's lists tell.
 * `owners` is face, person, face, person, …
 */
export function nearestPeople({ store, graph }: FaceIndex, owners: Int32Array, radius: number): NearestPeople {
  const ownerOf = new Int32Array(store.size);
  for (let i = 0; i < owners.length; i += 2) {
    const slot = store.slotOf(owners[i] ?? 0);
    if (slot !== undefined) ownerOf[slot] = owners[i + 1] ?? 0;
  }
  const found = new Map<number, Map<number, { slot: number; distance: number }>>();
  const offer = (asked: number, owned: number, distance: number): void => {
    const people = found.get(asked) ?? new Map<number, { slot: number; distance: number }>();
    const person = ownerOf[owned] ?? 0;
    if (distance < (people.get(person)?.distance ?? Infinity)) people.set(person, { slot: owned, distance });
    found.set(asked, people);
  };
  for (let slot = 0; slot < store.size; slot++) {
    if (store.idAt(slot) === 0) continue;
    const list = graph.slots.at(slot);
    for (const [at, distance] of graph.distances.at(slot).entries()) {
      if (distance > radius) break;
      const other = list[at] ?? -1;
      if (store.idAt(other) === 0 || (ownerOf[slot] === 0) === (ownerOf[other] === 0)) continue;
      if (ownerOf[slot] === 0) offer(slot, other, distance);
      else offer(other, slot, distance);
    }
  }
  const rows = [...found].flatMap(([asked, people]) =>
    Array.from(people, ([person, { slot, distance }]) => ({ asked, person, slot, distance })),
  );
  return {
    faces: Int32Array.from(rows, ({ asked }) => store.idAt(asked)),
    nearest: Int32Array.from(rows, ({ slot }) => store.idAt(slot)),
    people: Int32Array.from(rows, ({ person }) => person),
    distances: Float32Array.from(rows, ({ distance }) => distance),
  };
}
