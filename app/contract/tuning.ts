import { z } from 'zod';

import { FaceId, HeadId } from './ids.ts';

/** How a head is trained: rows 2 to 8 of the FaceNet article. What is left out is as in the engine's settings. */
export const TrainingSettings = z.object({
  /** P and K: people in a batch and faces of each of them; faces of nobody known in a batch. */
  people: z.number().int().min(2).max(300),
  faces: z.number().int().min(2).max(50),
  lone: z.number().int().min(0).max(1000),
  /** Of the triplet loss, in squared distance of unit vectors. */
  margin: z.number().positive().max(2),
  mining: z.enum(['hard', 'semi-hard', 'all']),
  steps: z.number().int().min(10).max(5000),
  /** Of Adam, at the start; it falls along half a cosine. */
  rate: z.number().positive().max(1),
});
export type TrainingSettings = z.infer<typeof TrainingSettings>;

/** One step of a training. */
export const TrainingPoint = z.object({
  step: z.number().int(),
  loss: z.number(),
  /** Share of anchors and positives that have a triplet with a loss, 0 to 1. */
  active: z.number(),
});
export type TrainingPoint = z.infer<typeof TrainingPoint>;

/** Shares of the pairs of one person that are accepted, 0 to 1; null where there was nothing to measure. */
const Rates = z.object({
  /** Held-out photos of people that were learnt. */
  known: z.number().nullable(),
  /** People that were kept aside altogether. */
  unseen: z.number().nullable(),
  everybody: z.number().nullable(),
  /** B-cubed F1 of the held-out faces, grouped anew. */
  f1: z.number().nullable(),
});

/** What a training came to. Nothing is ever removed from the list but by erasing a person who was learnt from. */
export const HeadVersion = z.object({
  id: HeadId,
  /** Milliseconds since 1970. */
  at: z.number(),
  /**
   * `waiting`: better on photos kept aside, and the user has not decided; `adopted`: is or was in use; `declined`: the
   * user wanted none of it; `refused`: not surely better, or too little data to tell.
   */
  state: z.enum(['waiting', 'adopted', 'declined', 'refused']),
  /** The library is compared by it now. */
  active: z.boolean(),
  /** It is kept, and made for the embedder that the library uses: only then it can be used. */
  usable: z.boolean(),
  embedder: z.string(),
  verdict: z.enum(['better', 'no-better', 'too-little-data']),
  /** Why, in words. */
  reason: z.string(),
  /** The version that it went on from; null: none. */
  from: HeadId.nullable(),
  seed: z.number().int(),
  settings: TrainingSettings,
  /** Share of the learnt change that passed, 0 to 1. */
  strength: z.number(),
  /** What it learnt from: named people and their faces, and faces of guessed people and of nobody known. */
  data: z.object({
    people: z.number().int(),
    faces: z.number().int(),
    guessed: z.number().int(),
    strangers: z.number().int(),
    /** Of these, kept aside to judge by. */
    heldOut: z.number().int(),
  }),
  /** The share of pairs of two people that the rates below accept; null where B-cubed F1 decided. */
  far: z.number().nullable(),
  before: Rates,
  after: Rates,
  /** What the deciding measure gains at least, at 99.5 % confidence; null where it could not be told. */
  leastGain: z.number().nullable(),
  /** What went wrong in training and what was done about it, in words. */
  remedies: z.array(z.string()),
  steps: z.array(TrainingPoint),
  /** Held-out pairs that it judges otherwise than before, the clearest first. */
  examples: z.array(
    z.object({
      face: FaceId,
      other: FaceId,
      /** In truth, as the user said. */
      same: z.boolean(),
      acceptedBefore: z.boolean(),
      acceptedAfter: z.boolean(),
    }),
  ),
});
export type HeadVersion = z.infer<typeof HeadVersion>;

/** A training that is on. */
export const TuningRun = z.object({
  state: z.enum(['gathering', 'training', 'judging', 'paused', 'adopting']),
  /** Started by itself, because enough was new. */
  automatic: z.boolean(),
  /** Of `steps`. */
  step: z.number().int(),
  steps: z.number().int(),
  points: z.array(TrainingPoint),
  remedies: z.array(z.string()),
});
export type TuningRun = z.infer<typeof TuningRun>;

export const TuningState = z.object({
  run: TuningRun.nullable(),
  /** What a run would learn from now. */
  material: z.object({
    people: z.number().int(),
    faces: z.number().int(),
    /** Faces that were confirmed or corrected since the last run. */
    fresh: z.number().int(),
    /** Why a run would lead to nothing, in words and with what to do; null where it may. */
    lacking: z.string().nullable(),
  }),
  /** Whether runs start by themselves when enough is new. */
  automatic: z.boolean(),
  settings: TrainingSettings,
  /** Newest first. */
  heads: z.array(HeadVersion),
  /** Why the last run ended without a version, in words; null where it did not. */
  problem: z.string().nullable(),
});
export type TuningState = z.infer<typeof TuningState>;
