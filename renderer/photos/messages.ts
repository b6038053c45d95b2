import { counted } from '../shared/numbers.ts';
import { day } from '../shared/dates.ts';
import type { PhotoCard } from '../../app/contract/model.ts';

const list = (names: readonly string[]): string =>
  new Intl.ListFormat(undefined, { type: 'conjunction' }).format(names);

export const messages = {
  photos: (n: number): string => counted(n, 'photo', 'photos'),
  timeline: 'Photos by month',
  smaller: 'Smaller pictures',
  larger: 'Larger pictures',
  scrubber: 'Date',
  empty: 'No photos here yet.',
  coming: 'Your photos appear here as they are read.',
  loading: 'Loading photos',
  /** What a screen reader says of a photo. */
  photo: (card: PhotoCard | undefined): string => {
    if (!card) return 'Photo';
    const parts = [card.name, card.takenAt === null ? 'no date' : day(card.takenAt)];
    if (card.people.length > 0) parts.push(`with ${list(card.people)}`);
    if (card.favourite) parts.push('favourite');
    return parts.join(', ');
  },

  close: 'Close',
  previous: 'Previous photo',
  next: 'Next photo',
  favourite: 'Favourite',
  faces: 'Show faces',
  details: 'Details',
  draw: 'Add a missed face',
  drawHint: 'Draw a box around the face. Or arrows move it, Shift and arrows size it, Enter takes it.',
  drawBusy: 'Looking at the face',
  filmstrip: 'Photos nearby',
  face: (name: string | null): string => name ?? 'Somebody without a name',
  gone: 'The original is not where it was. Reconnect the drive or move it back; this is the copy that Familiar keeps.',
  showInFolder: 'Show in folder',
  file: 'File',
  folder: 'Folder',
  taken: 'Taken',
  camera: 'Camera',
  size: 'Size',
  people: 'People',
  mirror: 'Somebody is in it twice',
  mirrorHint: 'A mirror or a collage: two faces may be one person.',
  noDate: 'No date',
  nobody: 'No faces found',
  dateFrom: { exif: null, name: 'from the name of the file', file: 'from the file itself' },
  pixels: (width: number, height: number): string => `${width.toLocaleString()} × ${height.toLocaleString()}`,
} as const;
