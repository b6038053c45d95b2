import type { DoubtfulInput } from '../cluster/doubtful-faces.ts';
import type { SubGroupInput, SubGroups } from '../cluster/sub-groups.ts';
import type { LabelledInput, LabelledMeasures } from '../evaluate/judge-labelled.ts';
import type { ChangedKeys, ChangedRows, Reach } from './kept-nearness.ts';
import type { FaceLayout } from './lay-out-faces.ts';
import type { NearestPeople, NearestPeopleInput } from './nearest-people.ts';

/** Rows of `vectors` belong to `ids` in order; every row has L2 norm 1. */
export interface FaceVectors {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly vectors: Float32Array<ArrayBuffer>;
}

export interface ClusterInput {
  /** DBSCAN's radius: L2 distance between unit vectors. */
  readonly eps: number;
  readonly minSamples: number;
  /** Widest average distance between two parts of a group; also how far a face may stray from its person. */
  readonly acceptance: number;
  /** Faces good enough to join others; the rest may be attached but join nobody. */
  readonly core: Int32Array<ArrayBuffer>;
  /** Pairs that must not share a group: face, face, face, face, … */
  readonly cannotLink: Int32Array<ArrayBuffer>;
  /** Pairs that are one person: face, face, face, face, … */
  readonly mustLink: Int32Array<ArrayBuffer>;
  /** What the user said: face, person, face, person, … A group never holds labels of two people. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** face, person, … The face is not that person. */
  readonly rejections: Int32Array<ArrayBuffer>;
}

/** `clusters[i]` is the group of `ids[i]`, −1 for none. */
export interface Clustering {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly clusters: Int32Array<ArrayBuffer>;
  /** The person of the nearest labelled face within acceptance; 0 where there is none. */
  readonly near: Int32Array<ArrayBuffer>;
}

export interface Neighbours {
  readonly ids: Int32Array<ArrayBuffer>;
  /** L2, ascending. */
  readonly distances: Float32Array<ArrayBuffer>;
}

/** `faces[i]` lies `distances[i]` (L2, ascending) from `others[i]`. */
export interface NearPairs {
  readonly faces: Int32Array<ArrayBuffer>;
  readonly others: Int32Array<ArrayBuffer>;
  readonly distances: Float32Array<ArrayBuffer>;
}

export interface Added {
  /** For each face in order its neighbours at this moment; none for a refused one. */
  readonly neighbours: readonly Neighbours[];
  /** Faces whose vectors are NaN, zero or otherwise not of length 1. */
  readonly refused: readonly number[];
}

/** What the index thread does: it holds the vectors, the HNSW graph and each face's nearest neighbours. */
export interface IndexService {
  /** Reads the index of `version` below `dir`, or begins an empty one. Gives the ids it holds. */
  open(
    input: { readonly dir: string; readonly version: string; readonly dimensions: number },
    signal: AbortSignal,
  ): Promise<{ readonly ids: Int32Array<ArrayBuffer> }>;
  /**
   * From the moment this resolves faces are compared after a head, z = normalise(x + x·W): `weights` is W, dimensions ×
   * dimensions, row by row; null for the embeddings as they are. Until then the former view serves. Opening drops it.
   */
  use(input: { readonly weights: Float32Array<ArrayBuffer> | null }, signal: AbortSignal): Promise<void>;
  /** Adds faces; one that it holds stays as it is, one whose vector is not of length 1 is refused. */
  add(input: FaceVectors, signal: AbortSignal): Promise<Added>;
  remove(input: { readonly ids: Int32Array<ArrayBuffer> }, signal: AbortSignal): Promise<void>;
  save(input: null, signal: AbortSignal): Promise<void>;
  nearest(input: { readonly id: number; readonly count: number }, signal: AbortSignal): Promise<Neighbours>;
  /** For each unit of faces without a name the people who lie near it. */
  nearestPeople(input: NearestPeopleInput, signal: AbortSignal): Promise<NearestPeople>;
  /**
   * `nearestPeople` for somebody who asks again and again: see `KeptNearness`. `since` is the `state` of the last answer,
   * null to begin anew with all keys; the answer is null where what was kept does not hold any more. With `only`, what
   * would be told of these units, and nothing is kept.
   */
  nearChanged(
    input: ChangedKeys & Reach & { readonly since: number | null; readonly only: Int32Array<ArrayBuffer> | null },
    signal: AbortSignal,
  ): Promise<(ChangedRows & { readonly state: number }) | null>;
  /** The pairs of one of `ids` with a face that is not among them, within `radius`, nearest first. */
  around(
    input: { readonly ids: Int32Array<ArrayBuffer>; readonly radius: number },
    signal: AbortSignal,
  ): Promise<NearPairs>;
  /** The pairs of two of `ids` within `radius`, each once. */
  among(
    input: { readonly ids: Int32Array<ArrayBuffer>; readonly radius: number },
    signal: AbortSignal,
  ): Promise<NearPairs>;
  /** How near each of a person's faces lies to the rest of them: along with `ids`, L2, Infinity where none is near. */
  closeness(input: { readonly ids: Int32Array<ArrayBuffer> }, signal: AbortSignal): Promise<Float32Array<ArrayBuffer>>;
  /** Parts of one person that may be several people. */
  subGroups(input: SubGroupInput, signal: AbortSignal): Promise<SubGroups>;
  cluster(input: ClusterInput, signal: AbortSignal): Promise<Clustering>;
  /** Groups by each of several inputs, one after the other. What they have in common is worked out once. */
  clusterBy(inputs: readonly ClusterInput[], signal: AbortSignal): Promise<readonly Clustering[]>;
  /** How well the people of labelled faces are told apart. @throws {Failure} `bad-request` where nothing can be judged */
  judge(input: LabelledInput, signal: AbortSignal): Promise<LabelledMeasures>;
  /** How many faces lie in a group, but nearly too far away or nearly as near to another. */
  doubtful(input: DoubtfulInput, signal: AbortSignal): Promise<number>;
  /** Places some faces on a plane, near where they look alike. */
  layOut(input: { readonly ids: Int32Array<ArrayBuffer> }, signal: AbortSignal): Promise<FaceLayout>;
}
