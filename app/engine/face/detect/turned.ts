import type { DetectedFace } from '../../model/model-service.ts';
import type { Sampler } from '../sampler.ts';
import { applyTo, compose, type Similarity } from '../similarity.ts';

/** Clockwise quarter turns. */
export type Quarters = 1 | 2 | 3;

type Size = Pick<Sampler, 'width' | 'height'>;

/** A picture looked at turned, and shrunk so that its long side is `longest` pixels at most. */
export function turnedSampler(sampler: Sampler, quarters: Quarters, longest = Infinity): Sampler {
  const { width, height, sample } = sampler;
  const scale = Math.min(1, longest / Math.max(width, height));
  const back = compose(turnBack(quarters, sampler), { a: 1 / scale, b: 0, tx: 0, ty: 0 });
  const [wide, high] = [width, height].map((length) => Math.max(1, Math.round(length * scale))) as [number, number];
  return {
    ...(quarters === 2 ? { width: wide, height: high } : { width: high, height: wide }),
    sample: (toSource, ...rest) => sample(compose(back, toSource), ...rest),
  };
}

/** A face found in a picture of the size `upright` turned by `quarters`, in the picture as it is. */
export function faceTurnedBack(face: DetectedFace, quarters: Quarters, upright: Size): DetectedFace {
  const back = turnBack(quarters, upright);
  const [left, top, width, height] = face.box;
  const [x, y] = applyTo(back, left + width / 2, top + height / 2);
  const [wide, high] = quarters === 2 ? [width, height] : [height, width];
  const points = new Float32Array(face.points.length);
  for (let i = 0; i < points.length; i += 2) {
    points.set(applyTo(back, face.points[i] ?? 0, face.points[i + 1] ?? 0), i);
  }
  return { ...face, box: [x - wide / 2, y - high / 2, wide, high], points };
}

/** Takes places in the turned picture to those in the picture as it is, of `width × height`. */
function turnBack(quarters: Quarters, { width, height }: Size): Similarity {
  if (quarters === 1) return { a: 0, b: -1, tx: 0, ty: height };
  if (quarters === 2) return { a: -1, b: 0, tx: width, ty: height };
  return { a: 0, b: 1, tx: width, ty: 0 };
}
