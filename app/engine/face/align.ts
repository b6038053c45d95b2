import type { FaceGeometry } from '../image/media-service.ts';
import type { Sampler } from './sampler.ts';
import { fitSimilarity, type Similarity } from './similarity.ts';
import type { Template } from './templates.ts';

/** Where the points of a frontal face lie in its box: the mean over lfw-dev of what O-Net finds, 5 × (x, y). */
const meanPoints = [0.29, 0.39, 0.71, 0.39, 0.5, 0.58, 0.33, 0.77, 0.68, 0.77];

/** The five points: those found, or where only a box is known those of a frontal face in it. */
export function pointsOf({ box: [left, top, width, height], points }: FaceGeometry): Float32Array {
  if (points) return points;
  return Float32Array.from(meanPoints, (part, i) => (i % 2 === 0 ? left + width * part : top + height * part));
}

/** The similarity that takes a place in the aligned chip to its place in the picture. */
export function alignmentOf(face: FaceGeometry, template: Template): Similarity {
  return fitSimilarity(template.points, pointsOf(face));
}

/** The face turned, moved and scaled to the template: RGB, `size² × 3` bytes. The picture's edge is repeated outside. */
export function alignFace(sampler: Sampler, face: FaceGeometry, template: Template): Uint8Array<ArrayBuffer> {
  const chip = new Uint8Array(3 * template.size * template.size);
  sampler.sample(alignmentOf(face, template), template.size, template.size, chip, 0);
  return chip;
}
