import { z } from 'zod';

import type { ModelOptions } from '../start-models.ts';
import type { BackendName } from './backends.ts';

/** What a backend made of the packs, on this computer. */
export const Measures = z.object({
  /** What the numbers are worked out on, in words. */
  device: z.string(),
  /** Embeddings made a second, all model threads together. */
  facesPerSecond: z.number().positive(),
  /** Milliseconds that finding the faces adds for each photo, all model threads together. */
  detectMs: z.number().positive(),
  /** The most that any vector turns away from what it should be: 1 − cosine. Embeddings and every detector network. */
  deviation: z.number(),
  /** The largest difference between a number of an embedding (L2 norm 1) and what it should be. */
  difference: z.number(),
});
export type Measures = z.infer<typeof Measures>;

/** What is measured: the packs that the engine would load, on the cores that it would use. */
export interface ProbeInput extends Pick<ModelOptions, 'packDir' | 'userPackDir' | 'threads'> {
  readonly backend: BackendName;
  readonly embedder: string;
}

/** Runs one backend, once, in a process of its own: it may abort, hang or give anything at all. */
export interface ProbeService {
  /** @throws {Failure} `model-failed` with what is wrong, and what `openNetwork` throws */
  measure(input: ProbeInput, signal: AbortSignal): Promise<Measures>;
}
