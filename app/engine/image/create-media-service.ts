import { basename } from 'node:path';

import sharp from 'sharp';

import { moved } from '../../workers/channel.ts';
import { Failure } from '../../contract/errors.ts';
import { alignInCrop } from '../face/crop.ts';
import { cutFaces } from '../face/cut-faces.ts';
import { templateOf } from '../face/templates.ts';
import { localTimeOf } from '../metadata/local-time.ts';
import { nameDate } from '../metadata/name-date.ts';
import { readMetadata, type Metadata } from '../metadata/read-metadata.ts';
import { settings } from '../settings.ts';
import { decodePicture, decodeRegion, sharpFrom } from './decode.ts';
import type { FaceCut, KeptCrop, MediaService, PictureRead } from './media-service.ts';
import { pictureHash } from './picture-hash.ts';
import { readPictureFile } from './read-file.ts';
import { blurOf, writeThumbnails } from './thumbnails.ts';

/** What media threads do: everything that touches the pixels of an original. */
export function createMediaService(): MediaService {
  // The pool of threads is the parallelism; nothing is decoded twice, so there is nothing to cache.
  sharp.concurrency(1);
  sharp.cache(false);
  return {
    read: async ({ path, thumbDir }, signal) => {
      const file = await readPictureFile(path);
      const metadata = readMetadata(file.bytes);
      const hash = pictureHash(file.bytes, file.kind, metadata.orientation);
      signal.throwIfAborted();
      const { image, width, height } = await decodePicture(file.bytes);
      signal.throwIfAborted();
      await writeThumbnails(image, thumbDir, hash);
      return {
        hash: new Uint8Array(hash),
        size: file.size,
        mtimeMs: file.mtimeMs,
        width,
        height,
        ...dateOf(metadata, path, file.mtimeMs),
        camera: metadata.camera,
        blur: new Uint8Array(await blurOf(image)),
        image,
      };
    },
    cut: async ({ image, faces, template }, signal) => {
      const cuts: FaceCut[] = [];
      for (const { crop, chip, sharpness } of cutFaces(image, faces, template)) {
        signal.throwIfAborted();
        const webp = await sharpFrom(crop).webp({ quality: settings.import.cropQuality, effort: 2 }).toBuffer();
        cuts.push({ crop: new Uint8Array(webp), chip, sharpness });
      }
      return moved(cuts, [...new Set(cuts.map(({ chip }) => chip.buffer))]);
    },
    region: async ({ path, box, longest }) => decodeRegion((await readPictureFile(path)).bytes, box, longest),
    look: async ({ path }) => (await decodePicture((await readPictureFile(path)).bytes)).image,
    trim: async ({ webp, square: { left, top, side } }) => {
      const part = { left, top, width: side, height: side };
      const trimmed = await sharp(webp)
        .extract(part)
        .webp({ quality: settings.import.cropQuality, effort: 2 })
        .toBuffer();
      return new Uint8Array(trimmed);
    },
    alignCrops: async ({ crops, template }, signal) => {
      const chips: (Uint8Array<ArrayBuffer> | null)[] = [];
      for (const crop of crops) {
        signal.throwIfAborted();
        chips.push(await alignKept(crop, template));
      }
      return moved(chips, [...new Set(chips.flatMap((chip) => (chip ? [chip.buffer] : [])))]);
    },
  };
}

async function alignKept({ webp, face }: KeptCrop, template: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const { image } = await decodePicture(webp);
    return alignInCrop(image, face, templateOf(template));
  } catch (error) {
    if (error instanceof Failure && error.code === 'damaged-picture') return null;
    throw error;
  }
}

/** The camera's word first, then the name's, then that of the program that wrote the picture, then the file's. */
function dateOf(
  { takenAt, writtenAt }: Metadata,
  path: string,
  mtimeMs: number,
): Pick<PictureRead, 'takenAt' | 'dateSource'> {
  if (takenAt !== null) return { takenAt, dateSource: 'exif' };
  const named = nameDate(basename(path));
  if (named !== null) return { takenAt: named, dateSource: 'name' };
  if (writtenAt !== null) return { takenAt: writtenAt, dateSource: 'exif' };
  return { takenAt: Math.round(localTimeOf(new Date(mtimeMs))), dateSource: 'file' };
}
