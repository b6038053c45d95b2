import { Failure } from '../../contract/errors.ts';
import { groupFaces } from '../cluster/group-faces.ts';
import { subGroups } from '../cluster/sub-groups.ts';
import { nearestPeople } from './nearest-people.ts';
import { pairsAround } from './pairs-around.ts';
import { openFaceIndex, type FaceIndex } from './face-index.ts';
import type { IndexService, Neighbours } from './index-service.ts';

/** The service behind `IndexService`: one index, in this thread. */
export function createIndexService(): IndexService {
  let index: FaceIndex | undefined;
  const opened = (): FaceIndex => {
    if (!index) throw new Failure('internal', 'the face index was asked before it was opened');
    return index;
  };
  return {
    open: async ({ dir, version, dimensions }) => {
      index = openFaceIndex(dir, version, dimensions);
      const { store } = index;
      const slots = Int32Array.from({ length: store.size }, (_, slot) => store.idAt(slot));
      return { ids: slots.filter((id) => id !== 0) };
    },
    add: async ({ ids, vectors }) => {
      const held = opened();
      const { store, graph } = held;
      const refused: number[] = [];
      const neighbours = Array.from(ids, (id, row): Neighbours => {
        const slot = held.add(id, vectors.subarray(row * store.dimensions, (row + 1) * store.dimensions));
        if (slot !== undefined) return neighboursOf(held, slot, graph.k);
        refused.push(id);
        return { ids: new Int32Array(0), distances: new Float32Array(0) };
      });
      return { neighbours, refused };
    },
    remove: async ({ ids }) => opened().remove(ids),
    save: async () => opened().save(),
    nearest: async ({ id, count }) => {
      const slot = opened().store.slotOf(id);
      if (slot === undefined) throw new Failure('not-found', 'this face is not in the index yet; group the faces anew');
      return neighboursOf(opened(), slot, count);
    },
    nearestPeople: async ({ owners, radius }) => nearestPeople(opened(), owners, radius),
    around: async ({ ids, radius }) => pairsAround(opened(), ids, radius),
    subGroups: async (input) => subGroups(opened(), input),
    cluster: (input, signal) => groupFaces(opened(), input, signal),
  };
}

function neighboursOf({ store, graph }: FaceIndex, slot: number, count: number): Neighbours {
  const first = slot * graph.k;
  const row = graph.slots.slice(first, first + Math.min(count, graph.k));
  const end = row.indexOf(-1);
  const found = end < 0 ? row.length : end;
  return {
    ids: row.subarray(0, found).map((other) => store.idAt(other)),
    distances: graph.distances.slice(first, first + found),
  };
}
