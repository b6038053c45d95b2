import type { RgbImage } from '../image/rgb-image.ts';

/** Edges in pixels of a picture. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Share of a picture's area up to which a part is halved by itself. */
const smallShare = 0.25;

/** Half the size, rounded down, each pixel the mean of four; an odd last row or column is left out. */
export function halve({ width, height, data }: RgbImage): RgbImage {
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  const half = new Uint8Array(3 * halfWidth * halfHeight);
  const row = 3 * width;
  for (let y = 0, to = 0; y < halfHeight; y++) {
    // Views of the rows: in shared memory, where pictures lie, they are read faster.
    const above = data.subarray(2 * y * row, (2 * y + 1) * row);
    const below = data.subarray((2 * y + 1) * row, (2 * y + 2) * row);
    for (let left = 0; left < 6 * halfWidth; left += 6, to += 3) {
      half[to] = meanOfFour(above, below, left);
      half[to + 1] = meanOfFour(above, below, left + 1);
      half[to + 2] = meanOfFour(above, below, left + 2);
    }
  }
  return { width: halfWidth, height: halfHeight, data: half };
}

function meanOfFour(above: Uint8Array, below: Uint8Array, left: number): number {
  const right = left + 3;
  return ((above[left] ?? 0) + (above[right] ?? 0) + (below[left] ?? 0) + (below[right] ?? 0) + 2) >> 2;
}

/**
 * The part of a picture that is read around `places`, so cut that its pixels halved `level` times are those of the whole
 * picture halved as often; undefined where it is no small part. Outside the picture its edge is read.
 */
export function smallPart({ width, height }: RgbImage, places: Rect, level: number): Rect | undefined {
  const [left, right] = span(places.left, places.right, width, 2 ** level);
  const [top, bottom] = span(places.top, places.bottom, height, 2 ** level);
  const isSmall = (right - left) * (bottom - top) <= smallShare * width * height;
  return isSmall ? { left, top, right, bottom } : undefined;
}

/** Whole steps around `from` to `to`, with two to spare for the pixels between which a place lies. */
function span(from: number, to: number, length: number, step: number): [start: number, end: number] {
  const last = step * (Math.floor(length / step) - 1);
  const start = step * (Math.floor(from / step) - 2);
  const end = step * (Math.ceil(to / step) + 2);
  return [Math.min(Math.max(start, 0), last), Math.min(Math.max(end, step), length)];
}

/** A part of a picture, halved `level` times. */
export function halvedPart({ width, data }: RgbImage, { left, top, right, bottom }: Rect, level: number): RgbImage {
  const [partWidth, partHeight] = [right - left, bottom - top];
  const pixels = new Uint8Array(3 * partWidth * partHeight);
  for (let y = 0; y < partHeight; y++) {
    const from = 3 * ((top + y) * width + left);
    pixels.set(data.subarray(from, from + 3 * partWidth), 3 * partWidth * y);
  }
  let part: RgbImage = { width: partWidth, height: partHeight, data: pixels };
  for (let i = 0; i < level; i++) part = halve(part);
  return part;
}
