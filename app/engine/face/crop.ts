import type { FaceGeometry } from '../image/media-service.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { settings } from '../settings.ts';
import { alignFace, alignmentOf, pointsOf } from './align.ts';
import { createSampler, type Sampler } from './sampler.ts';
import { applyTo, scaleOf } from './similarity.ts';
import { templateOf, type Template } from './templates.ts';

/** A square of a picture, in its pixels. */
export interface Square {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/**
 * The upright square that is kept of a face: `cropMargin` times the side of its ArcFace chip, around the chip's centre.
 * It follows from the face alone, so it need not be stored to find the points again in a crop.
 */
export function cropSquare(face: FaceGeometry): Square {
  const template = templateOf('arcface-112');
  const toPicture = alignmentOf(face, template);
  const [x, y] = applyTo(toPicture, template.size / 2, template.size / 2);
  const side = settings.face.cropMargin * template.size * scaleOf(toPicture);
  return { left: x - side / 2, top: y - side / 2, side };
}

/**
 * What to show of a crop: the largest square in it that holds nothing but the picture, as near to the face as it goes,
 * in the crop's pixels. A face at the edge of its picture leaves part of its crop to the repeated edge.
 */
export function shownPart(square: Square, width: number, height: number, size: number): Square {
  const [left, top] = [Math.max(0, square.left), Math.max(0, square.top)];
  const [right, bottom] = [Math.min(width, square.left + square.side), Math.min(height, square.top + square.side)];
  const side = Math.max(0, Math.min(right - left, bottom - top));
  const nearest = (middle: number, from: number, to: number): number =>
    Math.min(Math.max(middle - side / 2, from), Math.max(from, to - side));
  const scale = size / square.side;
  return {
    left: (nearest(square.left + square.side / 2, left, right) - square.left) * scale,
    top: (nearest(square.top + square.side / 2, top, bottom) - square.top) * scale,
    side: side * scale,
  };
}

/** Takes places in the picture, n × (x, y), to their places in its crop of `size` pixels. */
export function pointsInCrop(points: Float32Array, { left, top, side }: Square, size: number): Float32Array {
  return points.map((place, i) => ((place - (i % 2 === 0 ? left : top)) * size) / side);
}

/** The face aligned to a template, out of its crop: what `alignFace` gives, as far as the crop's pixels go. */
export function alignInCrop(crop: RgbImage, face: FaceGeometry, template: Template): Uint8Array<ArrayBuffer> {
  const points = pointsInCrop(pointsOf(face), cropSquare(face), crop.width);
  return alignFace(createSampler(crop), { box: [0, 0, crop.width, crop.height], points }, template);
}

/** The face with its surroundings, upright. The picture's edge is repeated outside. */
export function cropFace(sampler: Sampler, face: FaceGeometry): RgbImage {
  const size = settings.face.cropSize;
  const { left, top, side } = cropSquare(face);
  const data = new Uint8Array(3 * size * size);
  sampler.sample({ a: side / size, b: 0, tx: left, ty: top }, size, size, data, 0);
  return { width: size, height: size, data };
}
