import { z } from 'zod';

import type { EmbedderManifest } from '../model/manifest.ts';
import type { GroupingDistances } from './group-alone.ts';

type Thresholds = EmbedderManifest['thresholds'];

/** Where distances (L2) lie with a head: a line in their squares, d′² = scale · d² + shift. */
export const DistanceMove = z.object({ scale: z.number().positive(), shift: z.number() });
export type DistanceMove = z.infer<typeof DistanceMove>;

/** The thresholds of a library with a head. */
export const HeadDistances = z.object({
  /** What it was judged with, and groups by. */
  eps: z.number().positive(),
  acceptance: z.number().positive(),
  /** Of every other distance that was measured with the embedder alone. */
  move: DistanceMove,
});
export type HeadDistances = z.infer<typeof HeadDistances>;

export const unmoved: DistanceMove = { scale: 1, shift: 0 };

export function moved(distance: number, { scale, shift }: DistanceMove): number {
  return Math.sqrt(Math.max(0, scale * distance * distance + shift));
}

/** The move that brings two distances where they are `after`: a line is given by two points. */
export function moveOf(before: GroupingDistances, after: GroupingDistances): DistanceMove {
  const square = (distance: number): number => distance * distance;
  const width = square(before.acceptance) - square(before.eps);
  const scale = (square(after.acceptance) - square(after.eps)) / width;
  // Two distances that are nearly one tell nothing of the slope.
  if (Math.abs(width) < 1e-6 || !(scale > 0)) {
    const ratio = square(after.acceptance) / square(before.acceptance);
    return { scale: ratio, shift: 0 };
  }
  return { scale, shift: square(after.eps) - scale * square(before.eps) };
}

/** One move after another. */
export function combined(first: DistanceMove, then: DistanceMove): DistanceMove {
  return { scale: first.scale * then.scale, shift: then.scale * first.shift + then.shift };
}

/** The embedder's thresholds as they are with a head: what was measured of false accepts moves along. */
export function movedThresholds({ pair, far }: Thresholds, { eps, acceptance, move }: HeadDistances): Thresholds {
  return {
    pair: moved(pair, move),
    eps,
    acceptance,
    ...(far && { far: far.map(({ distance, rate }) => ({ distance: moved(distance, move), rate })) }),
  };
}
