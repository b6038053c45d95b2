import type { Thresholds } from './known-groups.ts';

/** From and to inclusive, as shares of the pack's pair threshold, so that one grid serves every pack. */
export function shares(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
}

/** Every eps with every acceptance that can be best: DBSCAN's radius lies well below the pair threshold (L2). */
export function thresholdGrid(pair: number): Thresholds[] {
  return shares(0.7, 0.92, 0.02).flatMap((eps) =>
    shares(0.76, 1, 0.02).map((acceptance) => ({ eps: round(eps * pair), acceptance: round(acceptance * pair) })),
  );
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
