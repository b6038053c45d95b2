import { Failure } from '../../contract/errors.ts';
import { countDoubtful } from '../cluster/doubtful-faces.ts';
import { groupFaces, groupFacesBy } from '../cluster/group-faces.ts';
import { subGroups } from '../cluster/sub-groups.ts';
import { judgeLabelled } from '../evaluate/judge-labelled.ts';
import { settings } from '../settings.ts';
import { closeness } from './closeness.ts';
import type { ComparedFaces } from './compared-faces.ts';
import { createKeptNearness, type KeptNearness } from './kept-nearness.ts';
import { layOutFaces } from './lay-out-faces.ts';
import { nearestPeople } from './nearest-people.ts';
import { pairsAmong } from './pairs-among.ts';
import { pairsAround } from './pairs-around.ts';
import { openFaceIndex, type FaceIndex } from './face-index.ts';
import type { IndexService, Neighbours } from './index-service.ts';

const { edges } = settings.index;

/** The service behind `IndexService`: one index, in this thread. */
export function createIndexService(): IndexService {
  let index: FaceIndex | undefined;
  const opened = (): FaceIndex => {
    if (!index) throw new Failure('internal', 'the face index was asked before it was opened');
    return index;
  };
  /** Void as soon as faces come or go, or are compared in another way. */
  let kept:
    | { readonly nearness: KeptNearness; readonly of: ComparedFaces; readonly size: number; readonly state: number }
    | undefined;
  let state = 0;
  return {
    open: async ({ dir, version, dimensions }, signal) => {
      const former = index;
      index = openFaceIndex(dir, version, dimensions);
      await former?.use(null, signal);
      const { store } = index;
      const slots = Int32Array.from({ length: store.size }, (_, slot) => store.idAt(slot));
      return { ids: slots.filter((id) => id !== 0) };
    },
    use: ({ weights }, signal) => opened().use(weights, signal),
    add: async ({ ids, vectors }) => {
      const held = opened();
      const { dimensions } = held.store;
      const slots = Array.from(ids, (id, row) =>
        held.add(id, vectors.subarray(row * dimensions, (row + 1) * dimensions)),
      );
      try {
        await held.link();
      } finally {
        kept = undefined;
      }
      const neighbours = slots.map((slot) => neighboursOf(held.compared, slot, edges));
      return { neighbours, refused: Array.from(ids).filter((_, row) => slots[row] === undefined) };
    },
    remove: async ({ ids }) => {
      opened().remove(ids);
      kept = undefined;
    },
    save: async () => {
      // What could not be linked before is linked now.
      await opened().save();
      kept = undefined;
    },
    nearest: async ({ id, count }) => {
      const slot = opened().store.slotOf(id);
      if (slot === undefined) throw new Failure('not-found', 'this face is not in the index yet; group the faces anew');
      return neighboursOf(opened().compared, slot, count);
    },
    nearestPeople: async (input) => nearestPeople(opened().compared, input),
    nearChanged: async ({ since, only, radius, reach, ...changed }) => {
      const { compared } = opened();
      if (since === null) {
        const nearness = createKeptNearness(compared, { radius, reach });
        kept = { nearness, of: compared, size: compared.store.size, state: ++state };
      } else if (kept?.of !== compared || kept.state !== since || kept.size !== compared.store.size) {
        return null;
      }
      const { nearness } = kept;
      return { ...(only ? nearness.suppose(changed, only) : nearness.change(changed)), state };
    },
    around: async ({ ids, radius }) => pairsAround(opened().compared, ids, radius),
    among: async ({ ids, radius }) => pairsAmong(opened().compared, ids, radius),
    closeness: async ({ ids }) => closeness(opened().compared, ids),
    subGroups: async (input) => subGroups(opened().compared, input),
    cluster: (input, signal) => groupFaces(opened(), input, signal),
    clusterBy: (inputs, signal) => groupFacesBy(opened(), inputs, signal),
    doubtful: (input, signal) => countDoubtful(opened().compared, input, signal),
    layOut: ({ ids }, signal) => layOutFaces(opened().compared, ids, signal),
    judge: (input, signal) => judgeLabelled(opened().compared, input, signal),
  };
}

function neighboursOf({ store, graph }: ComparedFaces, slot: number | undefined, count: number): Neighbours {
  if (slot === undefined) return { ids: new Int32Array(0), distances: new Float32Array(0) };
  const row = graph.slots.at(slot);
  const there = Array.from(row.keys())
    .filter((at) => store.idAt(row[at] ?? -1) !== 0)
    .slice(0, count);
  return {
    ids: Int32Array.from(there, (at) => store.idAt(row[at] ?? -1)),
    distances: Float32Array.from(there, (at) => graph.distances.at(slot)[at] ?? Infinity),
  };
}
