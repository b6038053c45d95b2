import type { RgbImage } from '../image/rgb-image.ts';

/** A soft pattern of colours that is the same everywhere: what a model makes of it tells whether the model runs right. */
export function createTestPattern(width: number, height: number): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, to++) data[to] = 128 + 90 * Math.sin(x / 7 + c) * Math.cos(y / 9 - c);
    }
  }
  return { width, height, data };
}
