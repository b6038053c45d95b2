import type { ClusterMeasure } from '../../contract/measures.ts';
import type { LabelledFace } from '../db/labelled-faces.ts';
import { clusterMeasures } from '../evaluate/cluster-measures.ts';
import type { Clustering } from '../vector/index-service.ts';

type Face = Pick<LabelledFace, 'id' | 'person'>;

/** The labelled faces that a clustering has judged: whose each is, and its group; below zero for one that is alone. */
export interface LabelledGroups {
  readonly people: Int32Array;
  readonly groups: Int32Array;
}

export function labelledGroups(faces: readonly Face[], { ids, clusters }: Clustering): LabelledGroups {
  const groupOf = new Map<number, number>();
  for (const [row, id] of ids.entries()) groupOf.set(id, clusters[row] ?? -1);
  const judged = faces.filter(({ id }) => groupOf.has(id));
  const group = (id: number): number => {
    const found = groupOf.get(id) ?? -1;
    return found < 0 ? -id : found;
  };
  return {
    people: Int32Array.from(judged, ({ person }) => person),
    groups: Int32Array.from(judged, ({ id }) => group(id)),
  };
}

export function measureGroups({ people, groups }: LabelledGroups): {
  bcubed: ClusterMeasure;
  pairwise: ClusterMeasure;
} {
  return clusterMeasures(people, groups);
}
