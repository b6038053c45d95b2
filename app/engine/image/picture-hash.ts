import { createHash } from 'node:crypto';

import type { FileKind } from './file-kind.ts';

type Range = readonly [from: number, to: number];

/**
 * SHA-256 over the picture data and the EXIF orientation. Dates, names, captions and previews are left out, so that
 * a photo stays the same photo when a program writes metadata into it.
 */
export function pictureHash(bytes: Uint8Array, kind: FileKind, orientation: number): Buffer {
  const hash = createHash('sha256');
  for (const [from, to] of pictureData(bytes, kind)) hash.update(bytes.subarray(from, to));
  return hash.update(Uint8Array.of(orientation)).digest();
}

function pictureData(bytes: Uint8Array, kind: FileKind): Iterable<Range> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind === 'image/jpeg') return jpegData(view);
  if (kind === 'image/png') return pngData(view);
  if (kind === 'image/webp') return webpData(view);
  return [[0, bytes.length]];
}

/** Segments other than APPn and COM, and the entropy-coded data up to EOI (ITU T.81, annex B). */
function* jpegData(view: DataView): Generator<Range> {
  const size = view.byteLength;
  let at = 2;
  while (at + 4 <= size) {
    if (view.getUint8(at) !== 0xff) {
      yield [at, size];
      return;
    }
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) return;
    const end = Math.min(size, at + 2 + view.getUint16(at + 2));
    const isMetadata = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    if (!isMetadata) yield [at, end];
    at = end;
    if (marker === 0xda) {
      at = scanEnd(view, end);
      yield [end, at];
    }
  }
}

/** Where the entropy-coded data that begins at `from` ends: at the first marker but stuffed zeros and restarts. */
function scanEnd(view: DataView, from: number): number {
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Critical chunks: those whose first letter is a capital (PNG 3rd edition, 5.4). */
function* pngData(view: DataView): Generator<Range> {
  let at = 8;
  while (at + 12 <= view.byteLength) {
    const end = Math.min(view.byteLength, at + 12 + view.getUint32(at));
    const critical = (view.getUint8(at + 4) & 0x20) === 0;
    if (critical) yield [at, end];
    at = end;
  }
}

const webpPictureChunks: ReadonlySet<string> = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF']);

/** The chunks that hold pixels (RFC 9649, 2.7). */
function* webpData(view: DataView): Generator<Range> {
  let at = 12;
  while (at + 8 <= view.byteLength) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
    const length = view.getUint32(at + 4, true);
    const end = Math.min(view.byteLength, at + 8 + length + (length & 1));
    if (webpPictureChunks.has(name)) yield [at, end];
    at = end;
  }
}
