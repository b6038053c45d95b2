import { settings } from '../settings.ts';
import type { ComparedFaces } from '../vector/compared-faces.ts';
import { dotProduct } from '../vector/distance.ts';
import { createPause } from '../vector/pause.ts';

export interface DoubtfulInput {
  readonly ids: Int32Array<ArrayBuffer>;
  /** The group of each face, −1 for none. */
  readonly clusters: Int32Array<ArrayBuffer>;
  /** Widest average distance between two parts of a group, L2. */
  readonly acceptance: number;
}

/** Number and sum of a group's vectors. */
interface Group {
  count: number;
  readonly sum: Float32Array;
}

const { nearlyTooFar, nearlyAsNear } = settings.insights;

/**
 * How many faces lie in a group, but on the average nearly too far from the rest of it, or not clearly nearer to it
 * than to another group. Only groups with a face among the face's nearest are compared.
 * @throws {Failure} `cancelled`
 */
export async function countDoubtful(
  { store, graph }: ComparedFaces,
  { ids, clusters, acceptance }: DoubtfulInput,
  signal: AbortSignal,
): Promise<number> {
  const pause = createPause(signal);
  const groups = new Map<number, Group>();
  const groupOf = new Int32Array(store.size).fill(-1);
  for (const [at, id] of ids.entries()) {
    const [slot, cluster] = [store.slotOf(id), clusters[at] ?? -1];
    if (slot === undefined || cluster < 0) continue;
    groupOf[slot] = cluster;
    const group = groups.get(cluster) ?? { count: 0, sum: new Float32Array(store.dimensions) };
    const vector = store.vectors.at(slot);
    for (let i = 0; i < vector.length; i++) group.sum[i] = (group.sum[i] ?? 0) + (vector[i] ?? 0);
    group.count++;
    groups.set(cluster, group);
  }
  const isDoubtful = (slot: number, own: number): boolean => {
    const vector = store.vectors.at(slot);
    const distance = averageDistance(vector, groups.get(own), 1);
    if (distance > nearlyTooFar * acceptance) return true;
    const others = new Set(
      graph.slots
        .at(slot)
        .subarray(0, settings.index.edges)
        .map((near) => groupOf[near] ?? -1),
    );
    return [...others].some(
      (other) => other >= 0 && other !== own && averageDistance(vector, groups.get(other), 0) < nearlyAsNear * distance,
    );
  };
  let count = 0;
  for (const [slot, own] of groupOf.entries()) {
    if (own >= 0 && isDoubtful(slot, own)) count++;
    if (pause.isDue) await pause.rest();
  }
  return count;
}

/** Root mean square L2 from a face to a group, of which `itself` (1 or 0) is the face. */
function averageDistance(vector: Float32Array, group: Group | undefined, itself: 0 | 1): number {
  if (!group || group.count === itself) return Infinity;
  const product = (dotProduct(vector, group.sum) - itself) / (group.count - itself);
  return Math.sqrt(Math.max(0, 2 - 2 * product));
}
