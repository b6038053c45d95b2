/** Rows of `vectors` belong to `ids` in order; every row has L2 norm 1. */
export interface FaceVectors {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly vectors: Float32Array<ArrayBuffer>;
}

export interface ClusterInput {
  /** DBSCAN's radius: L2 distance between unit vectors. */
  readonly eps: number;
  readonly minSamples: number;
  /** Widest distance of a member to its group before the group is split. */
  readonly acceptance: number;
  /** Faces good enough to join others; the rest may be attached but join nobody. */
  readonly core: Int32Array<ArrayBuffer>;
  /** Pairs that must not share a group: id, id, id, id, … */
  readonly cannotLink: Int32Array<ArrayBuffer>;
}

/** `clusters[i]` is the group of `ids[i]`, −1 for none. */
export interface Clustering {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly clusters: Int32Array<ArrayBuffer>;
}

export interface Neighbours {
  readonly ids: Int32Array<ArrayBuffer>;
  /** L2, ascending. */
  readonly distances: Float32Array<ArrayBuffer>;
}

/** What the index thread does: it holds the vectors, the HNSW graph and each face's nearest neighbours. */
export interface IndexService {
  /** Reads the index of `version` below `dir`, or begins an empty one. Gives the ids it holds. */
  open(
    input: { readonly dir: string; readonly version: string; readonly dimensions: number },
    signal: AbortSignal,
  ): Promise<{ readonly ids: Int32Array<ArrayBuffer> }>;
  add(input: FaceVectors, signal: AbortSignal): Promise<void>;
  remove(input: { readonly ids: Int32Array<ArrayBuffer> }, signal: AbortSignal): Promise<void>;
  save(input: null, signal: AbortSignal): Promise<void>;
  nearest(input: { readonly id: number; readonly count: number }, signal: AbortSignal): Promise<Neighbours>;
  cluster(input: ClusterInput, signal: AbortSignal): Promise<Clustering>;
}
