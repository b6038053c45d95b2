import { z } from 'zod';

const shared = {
  /** Folder name of the pack. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  licence: z.string(),
  source: z.string(),
  files: z
    .array(z.object({ name: z.string(), sha256: z.string().length(64), bytes: z.number().int().positive() }))
    .min(1),
};

/** Pixel = (value − mean) / scale per channel, in RGB order. */
const normalisation = z.object({ mean: z.array(z.number()).length(3), scale: z.number().positive() });

export const EmbedderManifest = z.object({
  ...shared,
  role: z.literal('embedder'),
  /** Side of the square input in pixels. */
  inputSize: z.number().int().positive(),
  layout: z.enum(['nchw', 'nhwc']),
  colour: z.enum(['rgb', 'bgr']),
  normalisation,
  /** Name of the alignment template. */
  template: z.string(),
  dimensions: z.number().int().positive(),
  /** Faces that the file takes at once, where it was exported for a fixed number. Absent: any. */
  batch: z.number().int().positive().optional(),
  /** All are L2 distances between unit vectors. `scripts/calibrate-pairs.ts` and `scripts/calibrate-clusters.ts` remake them. */
  thresholds: z.object({
    /** Two faces closer than this are the same person (best accuracy on balanced pairs). */
    pair: z.number(),
    /** DBSCAN's eps. */
    eps: z.number(),
    /** Widest a group may be: see `cluster/`. */
    acceptance: z.number(),
    /** How many of the pairs of different people come nearer than a distance, ascending. Absent: not measured. */
    far: z.array(z.object({ distance: z.number(), rate: z.number() })).optional(),
  }),
  /** What the model makes of the test pattern: see `golden.ts`. Absent: not known. */
  golden: z.string().optional(),
});
export type EmbedderManifest = z.infer<typeof EmbedderManifest>;

export const DetectorManifest = z.object({
  ...shared,
  role: z.literal('detector'),
  family: z.string(),
  /** Faces below this score are dropped. */
  scoreThreshold: z.number(),
});
export type DetectorManifest = z.infer<typeof DetectorManifest>;

/** What a model pack says of itself. Kept beside the model as `manifest.json`. */
export const Manifest = z.discriminatedUnion('role', [EmbedderManifest, DetectorManifest]);
export type Manifest = z.infer<typeof Manifest>;
