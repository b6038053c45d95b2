import { scaleOf, type Similarity } from './similarity.ts';
import type { RgbImage } from '../image/rgb-image.ts';
import { halve, halvedPart, smallPart, type Rect } from './halve.ts';

/** A picture that can be looked at turned, shifted and at any scale, without aliasing. */
export interface Sampler {
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /**
   * Writes `width × height` RGB pixels into `into` at `offset`. `toSource` maps a place in the output to a place
   * in the picture. Outside the picture its nearest pixel is repeated, or it is `outside` (0 to 255) where given.
   */
  readonly sample: (
    toSource: Similarity,
    width: number,
    height: number,
    into: Uint8Array,
    offset: number,
    outside?: number,
  ) => void;
}

/**
 * Shrinks by whole halvings (each pixel the mean of four), then reads bilinearly from the one nearest in scale, so that
 * neighbouring output pixels are at most √2 pixels apart there. Halvings of the picture are kept; for a small part of it
 * only that part is halved.
 */
export function createSampler(image: RgbImage): Sampler {
  const halvings = [image];
  const halving = (level: number): RgbImage => {
    while (halvings.length <= level) halvings.push(halve(halvings.at(-1) ?? image));
    return halvings[level] ?? image;
  };
  return {
    width: image.width,
    height: image.height,
    sample: (toSource, width, height, into, offset, outside) => {
      const wanted = Math.max(0, Math.round(Math.log2(scaleOf(toSource))));
      const level = Math.min(wanted, 31 - Math.clz32(Math.min(image.width, image.height)));
      const part = level < halvings.length ? undefined : smallPart(image, placesOf(toSource, width, height), level);
      const source = part ? halvedPart(image, part, level) : halving(level);
      const shrunk = 1 / 2 ** level;
      const { a, b, tx, ty } = toSource;
      const [left, top] = part ? [part.left, part.top] : [0, 0];
      const scaled = { a: a * shrunk, b: b * shrunk, tx: (tx - left) * shrunk, ty: (ty - top) * shrunk };
      if (isCopy(source, scaled, width, height)) copyPart(source, scaled, width, height, into, offset);
      else if (b === 0) sampleUpright(source, scaled, width, height, into, offset, outside);
      else sampleTurned(source, scaled, width, height, into, offset, outside);
    },
  };
}

/** Every output pixel is a pixel of the picture, as for one of 1,920 pixels that is looked at at 960. */
function isCopy(source: RgbImage, { a, b, tx, ty }: Similarity, width: number, height: number): boolean {
  const whole = a === 1 && b === 0 && Number.isInteger(tx) && Number.isInteger(ty);
  return whole && tx >= 0 && ty >= 0 && tx + width <= source.width && ty + height <= source.height;
}

function copyPart(
  source: RgbImage,
  { tx, ty }: Similarity,
  width: number,
  height: number,
  into: Uint8Array,
  offset: number,
): void {
  for (let row = 0; row < height; row++) {
    const from = 3 * ((ty + row) * source.width + tx);
    into.set(source.data.subarray(from, from + 3 * width), offset + 3 * width * row);
  }
}

/** The upright rectangle around the output's place in the picture. */
function placesOf({ a, b, tx, ty }: Similarity, width: number, height: number): Rect {
  const xs = [0, a * width, -b * height, a * width - b * height];
  const ys = [0, b * width, a * height, b * width + a * height];
  return {
    left: tx + Math.min(...xs),
    top: ty + Math.min(...ys),
    right: tx + Math.max(...xs),
    bottom: ty + Math.max(...ys),
  };
}

function sampleTurned(
  { width: sourceWidth, height: sourceHeight, data }: RgbImage,
  { a, b, tx, ty }: Similarity,
  width: number,
  height: number,
  into: Uint8Array,
  offset: number,
  outside: number | undefined,
): void {
  const lastX = sourceWidth - 1;
  const lastY = sourceHeight - 1;
  for (let row = 0, to = offset; row < height; row++) {
    for (let column = 0; column < width; column++, to += 3) {
      const x = a * (column + 0.5) - b * (row + 0.5) + tx - 0.5;
      const y = b * (column + 0.5) + a * (row + 0.5) + ty - 0.5;
      if (outside !== undefined && (x < -0.5 || y < -0.5 || x > lastX + 0.5 || y > lastY + 0.5)) {
        into[to] = into[to + 1] = into[to + 2] = outside;
        continue;
      }
      const left = x < 0 ? 0 : x > lastX ? lastX : Math.floor(x);
      const top = y < 0 ? 0 : y > lastY ? lastY : Math.floor(y);
      const fx = x <= 0 || left === lastX ? 0 : x - left;
      const fy = y <= 0 || top === lastY ? 0 : y - top;
      const from = 3 * (top * sourceWidth + left);
      const right = fx > 0 ? 3 : 0;
      const below = fy > 0 ? 3 * sourceWidth : 0;
      for (let c = 0; c < 3; c++) {
        const at = from + c;
        const upper = (data[at] ?? 0) * (1 - fx) + (data[at + right] ?? 0) * fx;
        const lower = (data[at + below] ?? 0) * (1 - fx) + (data[at + below + right] ?? 0) * fx;
        into[to + c] = upper + (lower - upper) * fy + 0.5;
      }
    }
  }
}

/** The same without a turn: places and weights are worked out once per column. */
function sampleUpright(
  { width: sourceWidth, height: sourceHeight, data }: RgbImage,
  { a, tx, ty }: Similarity,
  width: number,
  height: number,
  into: Uint8Array,
  offset: number,
  outside: number | undefined,
): void {
  const columns = axis(width, sourceWidth, a, tx);
  const rows = axis(height, sourceHeight, a, ty);
  const [from, to] = outside === undefined ? [0, width] : columns.inside;
  const [first, end] = outside === undefined ? [0, height] : rows.inside;
  if (outside !== undefined) into.fill(outside, offset, offset + 3 * width * height);
  for (let row = first; row < end; row++) {
    const upper = 3 * sourceWidth * (rows.first[row] ?? 0);
    const lower = 3 * sourceWidth * (rows.second[row] ?? 0);
    const above = data.subarray(upper, upper + 3 * sourceWidth);
    const below = data.subarray(lower, lower + 3 * sourceWidth);
    const down = rows.weight[row] ?? 0;
    for (let column = from, at = offset + 3 * (width * row + from); column < to; column++, at += 3) {
      const left = 3 * (columns.first[column] ?? 0);
      const right = 3 * (columns.second[column] ?? 0);
      const across = columns.weight[column] ?? 0;
      into[at] = between(above, below, left, right, across, down);
      into[at + 1] = between(above, below, left + 1, right + 1, across, down);
      into[at + 2] = between(above, below, left + 2, right + 2, across, down);
    }
  }
}

function between(
  above: Uint8Array,
  below: Uint8Array,
  left: number,
  right: number,
  across: number,
  down: number,
): number {
  const topLeft = above[left] ?? 0;
  const bottomLeft = below[left] ?? 0;
  const upper = topLeft + ((above[right] ?? 0) - topLeft) * across;
  const lower = bottomLeft + ((below[right] ?? 0) - bottomLeft) * across;
  return upper + (lower - upper) * down + 0.5;
}

interface Axis {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Of the second, 0 to 1. Doubles, as the loop works with them. */
  readonly weight: Float64Array;
  /** Output places, from and up to but without, that lie in the source. */
  readonly inside: readonly [from: number, to: number];
}

/** For each output place along one axis: the two source pixels around it and the weight of the second. */
function axis(length: number, sourceLength: number, scale: number, shift: number): Axis {
  const first = new Int32Array(length);
  const second = new Int32Array(length);
  const weight = new Float64Array(length);
  const last = sourceLength - 1;
  let [from, to] = [length, 0];
  for (let i = 0; i < length; i++) {
    const place = scale * (i + 0.5) + shift - 0.5;
    const clamped = Math.min(Math.max(place, 0), last);
    first[i] = Math.floor(clamped);
    second[i] = Math.min(Math.floor(clamped) + 1, last);
    weight[i] = clamped - Math.floor(clamped);
    if (place < -0.5 || place > last + 0.5) continue;
    from = Math.min(from, i);
    to = i + 1;
  }
  return { first, second, weight, inside: [from, to] };
}
