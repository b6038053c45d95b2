import { access, open } from 'node:fs/promises';
import { join } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import type { EngineContext } from '../context.ts';
import { cropSquare, shownPart } from '../face/crop.ts';
import { settings } from '../settings.ts';
import { cropOf } from '../db/faces.ts';
import { photoTable, type PhotoRow } from '../db/photos.ts';
import { fileFailure } from '../scan/file-failure.ts';
import { fileKind, headBytes } from './file-kind.ts';
import { thumbPath, type ThumbSize } from './thumbnails.ts';

/** The pictures that hosts show, by id. All throw `Failure`: `not-found` for an unknown id, `missing` for a lost file. */
export interface Pictures {
  /** A WebP file. A thumbnail that went missing is made again from the original. */
  thumb(id: number, size: ThumbSize): Promise<{ readonly path: string }>;
  /** The original. */
  photo(id: number): Promise<{ readonly path: string; readonly mime: string }>;
  /** WebP of a face, square, up to 256 pixels. */
  face(id: number): Promise<Uint8Array>;
}

/** Where a library keeps its thumbnails. */
export const thumbDirOf = (dir: string): string => join(dir, 'thumbs');

export function createPictures(context: Pick<EngineContext, 'dir' | 'db' | 'media'>): Pictures {
  const photos = photoTable(context.db.sql);
  const thumbDir = thumbDirOf(context.dir);
  const photo = (id: number): PhotoRow => {
    const row = photos.byId(id);
    if (!row) throw new Failure('not-found', `there is no photo ${id}`);
    return row;
  };
  return {
    thumb: async (id, size) => {
      const { hash, path: original } = photo(id);
      const path = thumbPath(thumbDir, hash, size);
      const there = await access(path).then(
        () => true,
        () => false,
      );
      if (there) return { path };
      const read = await context.media.read({ path: original, thumbDir });
      if (Buffer.compare(read.hash, hash) === 0) return { path };
      throw new Failure('missing', `${original} is another picture now; import it again`);
    },
    photo: async (id) => {
      const { path } = photo(id);
      return { path, mime: await mimeOf(path) };
    },
    face: async (id) => {
      const crop = cropOf(context.db.sql, id);
      if (!crop) throw new Failure('not-found', `there is no face ${id}`);
      const size = settings.face.cropSize;
      const { left, top, side } = shownPart(cropSquare(crop), crop.width, crop.height, size);
      // Too little to see would be left of a face that lies outside its picture.
      if (side > size - 2 || side < size / 8) return crop.webp;
      const square = { left: Math.ceil(left), top: Math.ceil(top), side: Math.floor(side) - 1 };
      return context.media.trim({ webp: crop.webp, square });
    },
  };
}

/** By content: a wrongly named picture is shown all the same. */
async function mimeOf(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return fileKind(buffer.subarray(0, bytesRead)) ?? 'application/octet-stream';
  } catch (error) {
    throw fileFailure(error);
  }
}
