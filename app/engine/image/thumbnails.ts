import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';

import { fileFailure } from '../scan/file-failure.ts';
import { settings } from '../settings.ts';
import { sharpFrom } from './decode.ts';
import type { RgbImage } from './rgb-image.ts';

export type ThumbSize = 's' | 'l';

/** Where the thumbnail of a picture lies: in one of 256 folders, so that none holds too many files. */
export function thumbPath(thumbDir: string, hash: Uint8Array, size: ThumbSize): string {
  const name = Buffer.from(hash).toString('hex');
  return join(thumbDir, name.slice(0, 2), `${name}-${size}.webp`);
}

/**
 * Writes the thumbnails of a picture that are not there yet; the same picture in two places shares them.
 * @throws {Failure} `disk-full`
 */
export async function writeThumbnails(image: RgbImage, thumbDir: string, hash: Uint8Array): Promise<void> {
  for (const size of ['s', 'l'] as const) {
    const path = thumbPath(thumbDir, hash, size);
    if (await isThere(path)) continue;
    const { width, height, quality, effort } = settings.import[size === 's' ? 'smallThumb' : 'largeThumb'];
    const webp = await sharpFrom(image)
      .resize({ width, height, fit: 'inside', withoutEnlargement: true })
      .webp({ quality, effort })
      .toBuffer();
    await writeWhole(path, webp);
  }
}

/** WebP of a few pixels, shown until the thumbnail has come. */
export async function blurOf(image: RgbImage): Promise<Uint8Array> {
  const side = settings.import.blurSide;
  return sharpFrom(image).resize({ width: side, height: side, fit: 'inside' }).webp({ quality: 40 }).toBuffer();
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.size > 0,
    () => false,
  );
}

let written = 0;

/** Under another name first, so that nobody ever finds half a file. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}-${threadId}-${++written}`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, bytes);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw fileFailure(error);
  }
}
