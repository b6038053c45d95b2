import { existsSync } from 'node:fs';

import { Failure } from '../../contract/errors.ts';
import type { FaceId, PersonId, PhotoId } from '../../contract/ids.ts';
import { Points, type FaceInPhoto, type PhotoCard, type PhotoDetails } from '../../contract/model.ts';
import type { PhotoCardRow, PhotoPages, ShownFace } from '../db/photo-pages.ts';
import { fileName } from './file-name.ts';

/** @throws {Failure} `not-found` */
export function readPhoto(pages: PhotoPages, id: PhotoId): PhotoDetails {
  const photo = pages.photo(id);
  if (!photo) throw new Failure('not-found', `there is no photo ${id}`);
  return {
    ...photo,
    id,
    favourite: photo.favourite === 1,
    mirror: photo.mirror === 1,
    present: existsSync(photo.path),
    faces: pages.facesIn(id).map(toFace),
  };
}

export function toCard(row: PhotoCardRow): PhotoCard {
  return {
    id: row.id as PhotoId,
    name: fileName(row.path),
    takenAt: row.takenAt,
    blur: row.blur && `data:image/webp;base64,${Buffer.from(row.blur).toString('base64')}`,
    people: JSON.parse(row.people) as string[],
    favourite: row.favourite === 1,
  };
}

function toFace(row: ShownFace): FaceInPhoto {
  return {
    id: row.id as FaceId,
    box: [row.left, row.top, row.width, row.height],
    points: row.points && toPoints(row.points),
    score: row.score,
    quality: row.quality,
    manual: row.manual === 1,
    person: row.person === null ? null : { id: row.person as PersonId, name: row.name, birth: row.birth },
    confirmed: row.confirmed === 1,
    notPerson: row.notPerson === 1,
  };
}

/** 10 little-endian float32: x, y, … A blob may begin at any byte, so it is copied. */
function toPoints(blob: Uint8Array): Points {
  const values = new Float32Array(blob.slice().buffer);
  return Points.parse(Array.from({ length: values.length / 2 }, (_, i) => [values[2 * i], values[2 * i + 1]]));
}
