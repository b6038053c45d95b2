import ExifReader from 'exifreader';

import { localTime } from './local-time.ts';

export interface Metadata {
  /** EXIF orientation, 1 to 8; 1 where none or none that is valid is given. */
  readonly orientation: number;
  /** When the shutter was pressed: local time of the camera as ms, as if UTC. */
  readonly takenAt: number | null;
  /** When the picture was last written, by the same measure: the last resort before the file's own time. */
  readonly writtenAt: number | null;
  readonly camera: string | null;
}

const none: Metadata = { orientation: 1, takenAt: null, writtenAt: null, camera: null };

/** Only these are read: maker notes and previews cost more than the rest together. */
const tagNames = [
  'Orientation',
  'DateTimeOriginal',
  'SubSecTimeOriginal',
  'DateTimeDigitized',
  'SubSecTimeDigitized',
  'DateTime',
  'Make',
  'Model',
];

type Tags = Readonly<Record<string, { readonly value?: unknown; readonly description?: unknown } | undefined>>;

/** Reads EXIF out of a JPEG, PNG or WebP. Broken metadata is as good as none: the picture may still be fine. */
export function readMetadata(bytes: Uint8Array): Metadata {
  let tags: Tags;
  try {
    tags = (ExifReader.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      expanded: true,
      includeTags: { exif: tagNames },
    }).exif ?? {}) as Tags;
  } catch {
    return none;
  }
  const orientation = Number(tags['Orientation']?.value);
  return {
    orientation: orientation >= 1 && orientation <= 8 ? Math.floor(orientation) : 1,
    takenAt:
      exifTime(tags['DateTimeOriginal'], tags['SubSecTimeOriginal']) ??
      exifTime(tags['DateTimeDigitized'], tags['SubSecTimeDigitized']),
    writtenAt: exifTime(tags['DateTime'], undefined),
    camera: cameraName(text(tags['Make']), text(tags['Model'])),
  };
}

/** `2019:08:12 14:30:15` (Exif 3.0, 4.6.6.5) and what programs make of it: other separators, no seconds. */
function exifTime(tag: Tags[string], subSecond: Tags[string]): number | null {
  const match = /^(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?/.exec(text(tag));
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const ms = Math.floor(Number(`0.${/^\d+/.exec(text(subSecond))?.[0] ?? '0'}`) * 1000);
  return localTime(year ?? 0, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0, ms);
}

/** `Canon` and `Canon EOS 6D` make `Canon EOS 6D`; `NIKON CORPORATION` and `D40` make `NIKON CORPORATION D40`. */
function cameraName(make: string, model: string): string | null {
  const name = model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
  return name.trim().slice(0, 200) || null;
}

function text(tag: Tags[string]): string {
  const value: unknown = Array.isArray(tag?.value) ? tag.value[0] : tag?.value;
  return (typeof value === 'string' ? value : '').replace(/[\0\p{Cc}]+/gu, ' ').trim();
}
