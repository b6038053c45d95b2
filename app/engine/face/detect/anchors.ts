import type { Candidate } from './boxes.ts';

/** The anchors of one map of a network: each cell of the map has one of each size in its middle. */
export interface AnchorMap {
  /** Pixels from cell to cell. */
  readonly stride: number;
  /** Pixels. */
  readonly sizes: readonly (readonly [width: number, height: number])[];
}

/** How the shifts of boxes were scaled in training. */
const centreVariance = 0.1;
const sizeVariance = 0.2;

/**
 * The boxes of a single shot detector (Liu et al. 2016, equation 2) in pixels of a picture of `width × height`.
 * `scoreOf` gives the score of an anchor; `shifts` has x, y, width and height of each. Anchors come map by map, rows
 * first. A map has a cell for every stride that was begun.
 */
export function readAnchors(
  maps: readonly AnchorMap[],
  { width, height }: { readonly width: number; readonly height: number },
  scoreOf: (anchor: number) => number,
  shifts: Float32Array,
  least: number,
): Candidate[] {
  const found: Candidate[] = [];
  let anchor = 0;
  for (const { stride, sizes } of maps) {
    const columns = Math.ceil(width / stride);
    const cells = columns * Math.ceil(height / stride);
    for (let cell = 0; cell < cells; cell++) {
      for (const [wide, high] of sizes) {
        const score = scoreOf(anchor);
        if (score >= least) {
          const at = 4 * anchor;
          const x = stride * ((cell % columns) + 0.5) + (shifts[at] ?? 0) * centreVariance * wide;
          const y = stride * (Math.floor(cell / columns) + 0.5) + (shifts[at + 1] ?? 0) * centreVariance * high;
          const halfWidth = (wide * Math.exp((shifts[at + 2] ?? 0) * sizeVariance)) / 2;
          const halfHeight = (high * Math.exp((shifts[at + 3] ?? 0) * sizeVariance)) / 2;
          found.push({ left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight, score });
        }
        anchor++;
      }
    }
  }
  return found;
}
