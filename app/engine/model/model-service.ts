import type { RgbImage } from '../image/rgb-image.ts';
import type { BackendName } from './backends/backends.ts';
import type { Manifest } from './manifest.ts';

/** A face as a detector found it, in pixels of the image given. */
export interface DetectedFace {
  readonly box: readonly [left: number, top: number, width: number, height: number];
  /** Right eye, left eye, nose, right and left mouth corner (the subject's): 5 × (x, y). */
  readonly points: Float32Array;
  /** 0 to 1. */
  readonly score: number;
}

/** What the model thread does. It holds the sessions and knows no database and no files but the packs. */
export interface ModelService {
  /**
   * Loads and checks the packs; `dirs` hold one folder a pack, and the first that has a pack counts. Called again, it
   * takes other packs, or another backend, in place of those before.
   * @throws {Failure} `model-missing`, `model-damaged`; `model-failed` where the backend cannot run them
   */
  open(
    input: {
      readonly dirs: readonly string[];
      readonly detector: string;
      readonly embedder: string;
      readonly backend: BackendName;
      /** How many one run may use. */
      readonly threads: number;
    },
    signal: AbortSignal,
  ): Promise<{ readonly detector: Manifest; readonly embedder: Manifest }>;
  detect(input: { readonly images: readonly RgbImage[] }, signal: AbortSignal): Promise<DetectedFace[][]>;
  /** `chips` holds `count` aligned RGB chips of the embedder's input size. Gives `count` rows of L2 norm 1. */
  embed(
    input: { readonly chips: Uint8Array<ArrayBuffer>; readonly count: number },
    signal: AbortSignal,
  ): Promise<Float32Array<ArrayBuffer>>;
}
