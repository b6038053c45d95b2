import type { Output } from '../../contract/api.ts';
import type { FaceId, PersonId } from '../../contract/ids.ts';
import type { PhotoPages } from '../db/photo-pages.ts';

/** Every face for another program: boxes to a hundredth of a pixel, scores to four digits. */
export function exportFaces(pages: PhotoPages): Output<'export.faces'> {
  return pages.allFaces().map((face) => ({
    id: face.id as FaceId,
    photo: face.photo,
    box: [round(face.left, 100), round(face.top, 100), round(face.width, 100), round(face.height, 100)],
    score: round(face.score, 1e4),
    quality: round(face.quality, 1e4),
    person: face.person as PersonId | null,
  }));
}

/** Found photos for another program, with the camera's local time as ISO 8601 and everyone who is not hidden. */
export function exportPhotos(pages: PhotoPages, ids: Int32Array): Output<'export.search'> {
  return pages.withPeople([...ids]).map((photo) => ({
    photo: photo.path,
    date: photo.takenAt === null ? null : new Date(photo.takenAt).toISOString().slice(0, '2019-08-12T10:30:00'.length),
    people: JSON.parse(photo.people) as { id: PersonId; name: string | null }[],
  }));
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
