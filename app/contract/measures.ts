import { z } from 'zod';

import { FaceId, PersonId } from './ids.ts';

/** A point of the ROC: what a threshold (L2 distance between unit vectors) accepts, as shares from 0 to 1. */
const RocPoint = z.object({
  threshold: z.number(),
  /** Of the pairs of two people. */
  far: z.number(),
  /** Of the pairs of one person; `low` and `high`: 95 % confidence, by a bootstrap over people. */
  tar: z.number(),
  low: z.number(),
  high: z.number(),
});

/** How well pairs of faces are told apart. */
export const PairMeasures = z.object({
  /** Which distances these are, in words: the embedder, and the learnt version where there is one. */
  distances: z.string(),
  /** Mean and standard deviation over the folds, each at the threshold that is best on the others. */
  accuracy: z.number(),
  std: z.number(),
  auc: z.number(),
  eer: z.number(),
  /** True accept rate at each false accept rate. */
  tar: z.record(z.string(), z.number()),
  /** False reject rate at the same: 1 − TAR. */
  frr: z.record(z.string(), z.number()),
  /** L2 distance between unit vectors. */
  threshold: z.number(),
  pairs: z.number().int(),
  same: z.number().int(),
  undetected: z.number().int(),
  /** Ascending in `far`, at most 200 points. */
  roc: z.array(RocPoint),
  /** Pairs of one person and of two by distance: bin i counts distances from `edges[i]` to `edges[i + 1]`. */
  histogram: z.object({ edges: z.array(z.number()), same: z.array(z.number()), different: z.array(z.number()) }),
});
export type PairMeasures = z.infer<typeof PairMeasures>;

export const ClusterMeasure = z.object({ precision: z.number(), recall: z.number(), f1: z.number() });
export type ClusterMeasure = z.infer<typeof ClusterMeasure>;

/** The pairs of which a face falls into one part of the faces. */
export const SubgroupMeasure = z.object({
  by: z.enum(['age', 'size', 'sharpness']),
  /** In words: `under 40 pixels`, `0 to 12 years`. */
  name: z.string(),
  faces: z.number().int(),
  pairs: z.number().int(),
  eer: z.number().nullable(),
  tar: z.record(z.string(), z.number()),
});

/** How well the people of the open library are told apart, by what the user said of them. */
export const LibraryMeasures = PairMeasures.extend({
  /** Named people with two faces or more that the user spoke of, and such faces. */
  people: z.number().int(),
  faces: z.number().int(),
  bcubed: ClusterMeasure,
  pairwise: ClusterMeasure,
  subgroups: z.array(SubgroupMeasure),
});
export type LibraryMeasures = z.infer<typeof LibraryMeasures>;

/** Distances that the library groups by: L2 between unit vectors. */
export const GroupingDistances = z.object({
  /** DBSCAN's radius. */
  eps: z.number().positive().max(2),
  /** Widest average distance between two parts of a group. */
  acceptance: z.number().positive().max(2),
});
export type GroupingDistances = z.infer<typeof GroupingDistances>;

/** What grouping by certain distances would give. */
export const ThresholdPreview = z.object({
  distances: GroupingDistances,
  /** Groups of two faces or more, and faces that are in none. */
  groups: z.number().int(),
  alone: z.number().int(),
  /** Faces that would lie in a group, but nearly as near to another or nearly too far. */
  doubtful: z.number().int(),
  /** Faces of named people that would change whom they are shown as, and how many people that touches. */
  moved: z.number().int(),
  peopleTouched: z.number().int(),
  /** Named people of whom two would fall into one group but for what the user said. */
  merged: z.number().int(),
  /**
   * Pairs of two people expected in one group, in the whole library, and the 95 % interval: from how often the labelled
   * ones would be. Null where there are too few labels to tell.
   */
  falsePairs: z.number().nullable(),
  falsePairsLow: z.number().nullable(),
  falsePairsHigh: z.number().nullable(),
  /** By the user's labels, of groups made as if there were none; null where there are too few. */
  bcubed: ClusterMeasure.nullable(),
});
export type ThresholdPreview = z.infer<typeof ThresholdPreview>;

export const Calibration = z.object({
  /** In force, those of the model, and those that fit the user's labels best; null where there are too few. */
  current: GroupingDistances,
  standard: GroupingDistances,
  suggested: GroupingDistances.nullable(),
  /** What the suggestion rests on, or what is lacking, in words. */
  basis: z.string(),
});
export type Calibration = z.infer<typeof Calibration>;

/** The faces in two dimensions, near where they look alike. */
export const FaceMap = z.object({
  points: z.array(z.object({ face: FaceId, person: PersonId.nullable(), x: z.number(), y: z.number() })),
  /** Those of the points, by id. */
  people: z.array(z.object({ id: PersonId, name: z.string() })),
  /** Faces of the library; the map shows at most a few thousand of them. */
  total: z.number().int(),
});
export type FaceMap = z.infer<typeof FaceMap>;

/** How well one named person is known. */
export const PersonQuality = z.object({
  id: PersonId,
  name: z.string(),
  cover: FaceId.nullable(),
  faces: z.number().int(),
  confirmed: z.number().int(),
  /** Estimated share of the faces that are right, and its 95 % interval. */
  precision: z.number(),
  low: z.number(),
  high: z.number(),
  /** Estimated number of faces that are still missing. */
  missing: z.number(),
  /** The nearest other named person and the average distance to that one; null where nobody is near. */
  nearest: z.object({ id: PersonId, name: z.string(), distance: z.number() }).nullable(),
});
export type PersonQuality = z.infer<typeof PersonQuality>;
