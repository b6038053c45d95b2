import type { NeighbourGraph } from './neighbour-graph.ts';
import type { HeldVectors } from './vector-store.ts';

/** Faces as they are compared: by their embeddings, or by what an adopted head makes of these. */
export interface ComparedFaces {
  readonly store: HeldVectors;
  /** Distances are those between the vectors of `store`. */
  readonly graph: Pick<NeighbourGraph, 'k' | 'slots' | 'distances' | 'lists'>;
}
