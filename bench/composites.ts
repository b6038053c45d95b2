import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import type { RgbImage } from '../app/engine/image/rgb-image.ts';

/** A picture made of LFW photos at known places. */
export interface Composite {
  readonly image: RgbImage;
  /** Where each face is: [left, top, width, height]. */
  readonly faces: readonly (readonly [number, number, number, number])[];
}

/** LFW photos are cut so that the face is in the middle and about this wide, of 250 pixels. */
const lfwSide = 250;
const lfwFace = 95;

/**
 * A grey picture of `width × height` with LFW photos side by side, each shrunk so that its face is `faceWidth` wide.
 * `first`: where to begin in the list of photos.
 */
export async function compose(
  root: string,
  first: number,
  count: number,
  faceWidth: number,
  width: number,
  height: number,
): Promise<Composite> {
  const people = readdirSync(root);
  const tile = Math.round((lfwSide * faceWidth) / lfwFace);
  const columns = Math.max(1, Math.floor(width / tile));
  const rows = Math.max(1, Math.floor(height / tile));
  const chosen = Array.from(
    { length: Math.min(count, columns * rows) },
    (_, i) => people[(first + i) % people.length] ?? '',
  );
  // Spread over the picture, so that neighbours do not always touch.
  const step = Math.max(1, Math.floor((columns * rows) / chosen.length));
  const layers = await Promise.all(
    chosen.map(async (person, i) => {
      const [file = ''] = readdirSync(join(root, person)).toSorted();
      const place = i * step;
      const left = (place % columns) * tile;
      const top = Math.floor(place / columns) * tile;
      const input = await sharp(join(root, person, file))
        .resize(tile, tile, { kernel: 'lanczos3' })
        .png()
        .toBuffer();
      return { input, left, top };
    }),
  );
  const background = { r: 110, g: 120, b: 115 };
  const data = await sharp({ create: { width, height, channels: 3, background } })
    .composite(layers)
    .removeAlpha()
    .raw()
    .toBuffer();
  const face = (tile * lfwFace) / lfwSide;
  const inset = (tile - face) / 2;
  return {
    image: { width, height, data: new Uint8Array(data) },
    faces: layers.map(({ left, top }) => [left + inset, top + inset - 0.1 * face, face, 1.2 * face] as const),
  };
}
