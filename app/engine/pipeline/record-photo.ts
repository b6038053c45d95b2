import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import type { EngineContext } from '../context.ts';
import { photoTable, type PhotoRow, type PhotoValues } from '../db/photos.ts';
import type { PictureRead } from '../image/media-service.ts';

/** Version of the read stage: photos read by an earlier one are read again. */
export const readVersion = 1;

export interface PhotoOutcome {
  readonly photoId: number;
  /** False where the faces of this very picture are known already. */
  readonly needsFaces: boolean;
}

/**
 * Writes down what the read of a file says, and decides which photo it is: the one at that path; one with the same
 * picture whose file is gone from its place, which has moved here; or a new one, be it a copy.
 */
export function createPhotoRecorder(
  context: EngineContext,
): (path: string, read: PictureRead) => Promise<PhotoOutcome> {
  const photos = photoTable(context.db.sql);
  const { detectorVersion } = context.packs();
  return async (path, read) => {
    const values = valuesOf(path, read);
    const known = photos.atPath(path) ?? (await firstGone(photos.withHash(read.hash)));
    return context.db.write(() => {
      if (!known) {
        const photoId = photos.add(values, context.clock());
        photos.setText(photoId, dirname(path), basename(path));
        return { photoId, needsFaces: true };
      }
      photos.update(known.id, values);
      if (known.path !== path) photos.setText(known.id, dirname(path), basename(path));
      const samePicture = Buffer.compare(known.hash, read.hash) === 0;
      const needsFaces = !samePicture || known.faces_version !== detectorVersion;
      // Until the faces are found anew they belong to another picture or another detector.
      if (needsFaces) photos.setFacesVersion(known.id, null);
      return { photoId: known.id, needsFaces };
    });
  };
}

async function firstGone(photos: readonly PhotoRow[]): Promise<PhotoRow | undefined> {
  for (const photo of photos) if (!(await isThere(photo.path))) return photo;
  return undefined;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function valuesOf(path: string, read: PictureRead): PhotoValues {
  return {
    path,
    hash: read.hash,
    size: read.size,
    mtime_ms: read.mtimeMs,
    width: read.width,
    height: read.height,
    taken_at: read.takenAt,
    date_source: read.dateSource,
    camera: read.camera,
    blur: read.blur,
    read_version: readVersion,
  };
}
