import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { Failure } from '../../contract/errors.ts';
import type { EngineContext } from '../context.ts';
import { photoTable, type PhotoRow, type PhotoValues } from '../db/photos.ts';
import type { PictureRead } from '../image/media-service.ts';
import { fileFailure } from '../scan/file-failure.ts';

/** Version of the read stage: photos read by an earlier one are read again. */
export const readVersion = 1;

export interface PhotoOutcome {
  readonly photoId: number;
  /** False where the faces of this very picture are known already. */
  readonly needsFaces: boolean;
}

/**
 * Writes down what the read of a file says, and decides which photo it is:
 * - the photo at that path, if the picture is the same or nobody else's;
 * - a photo with the same picture whose file is no longer in its place: it has moved here, onto the place of another
 *   photo perhaps, as when a folder is numbered anew;
 * - else a new one, be it a copy.
 */
export function createPhotoRecorder(
  context: EngineContext,
): (path: string, read: PictureRead) => Promise<PhotoOutcome> {
  const photos = photoTable(context.db.sql);
  const { detectorVersion } = context.packs();
  return async (path, read) => {
    const values = valuesOf(path, read);
    const here = photos.atPath(path);
    const stays = here && isSame(here.hash, read.hash);
    const moved = stays ? undefined : await firstMoved(photos.withHash(read.hash), here !== undefined);
    const known = moved ?? here;
    return context.db.write(() => {
      if (!known) {
        const photoId = photos.add(values, context.clock());
        photos.setText(photoId, dirname(path), basename(path));
        return { photoId, needsFaces: true };
      }
      if (moved && here) photos.setPath(here.id, lostPath(here));
      photos.update(known.id, values);
      if (moved) photos.setText(known.id, dirname(path), basename(path));
      const needsFaces = !isSame(known.hash, read.hash) || known.faces_version !== detectorVersion;
      // Until the faces are found anew they belong to another picture or another detector.
      if (needsFaces) photos.setFacesVersion(known.id, null);
      return { photoId: known.id, needsFaces };
    });
  };
}

/**
 * The first whose file has left its place. `replaced`: another file in its place will do, too; only where the place
 * that is asked about has itself got another picture, since else the copy of an edited photo would take its faces.
 */
async function firstMoved(photos: readonly PhotoRow[], replaced: boolean): Promise<PhotoRow | undefined> {
  for (const photo of photos) {
    const file = await fileAt(photo.path);
    const isOther = typeof file === 'object' && (file.size !== photo.size || file.mtimeMs !== photo.mtime_ms);
    if (file === 'gone' || (replaced && isOther)) return photo;
  }
  return undefined;
}

/** A folder that may not be looked into says nothing of its files. */
async function fileAt(path: string): Promise<Stats | 'gone' | 'unknown'> {
  return stat(path).catch((error: unknown) => {
    const failure = fileFailure(error);
    return failure instanceof Failure && failure.code === 'missing' ? 'gone' : 'unknown';
  });
}

/** Where a photo is kept whose place another one has taken, until its file turns up: below a file lies nothing. */
function lostPath({ path, id }: PhotoRow): string {
  return join(path, `was photo ${id}`);
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
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
