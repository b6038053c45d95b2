import type { FaceGeometry } from '../image/media-service.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { alignFace } from './align.ts';
import { cropFace } from './crop.ts';
import { createSampler } from './sampler.ts';
import { sharpnessOf } from './sharpness.ts';
import { templateOf } from './templates.ts';

export interface CutFace {
  /** Square with margin. */
  readonly crop: RgbImage;
  /** Aligned to the template: `size² × 3` bytes. */
  readonly chip: Uint8Array<ArrayBuffer>;
  /** 0 (blurred) to 1. */
  readonly sharpness: number;
}

/**
 * Cuts faces out of the picture they were found in. `template` names the embedder's alignment.
 * @throws {Failure} `model-damaged` for a template that is not known
 */
export function cutFaces(image: RgbImage, faces: readonly FaceGeometry[], template: string): CutFace[] {
  const wanted = templateOf(template);
  const sampler = createSampler(image);
  return faces.map((face) => {
    const chip = alignFace(sampler, face, wanted);
    return { crop: cropFace(sampler, face), chip, sharpness: sharpnessOf(chip, wanted.size) };
  });
}
