/** What a file is by its first bytes: a media type, or null for anything else. */
export type FileKind =
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'image/gif'
  | 'image/bmp'
  | 'image/tiff'
  | 'image/heic'
  | 'image/avif'
  | 'image/jxl'
  | 'video/mp4';

/** Bytes that `fileKind` needs from the beginning of a file. */
export const headBytes = 32;

const readable: ReadonlySet<FileKind | null> = new Set<FileKind>(['image/jpeg', 'image/png', 'image/webp']);

/** Formats that are decoded today. */
export const isReadable = (kind: FileKind | null): boolean => readable.has(kind);

/** Brands of ISO base media files (ISO/IEC 14496-12, 23008-12); what is not listed counts as video. */
const brands: Readonly<Record<string, FileKind>> = {
  avif: 'image/avif',
  avis: 'image/avif',
  heic: 'image/heic',
  heix: 'image/heic',
  hevc: 'image/heic',
  hevx: 'image/heic',
  heim: 'image/heic',
  heis: 'image/heic',
  mif1: 'image/heic',
  msf1: 'image/heic',
};

/** Tells the format by signature, because extensions lie. `head` is the first `headBytes` bytes or fewer. */
export function fileKind(head: Uint8Array): FileKind | null {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (text(0, 4) === 'GIF8') return 'image/gif';
  // Two letters are no proof: a bitmap also has four reserved zero bytes.
  if (text(0, 2) === 'BM' && text(6, 10) === '\0\0\0\0') return 'image/bmp';
  if (text(0, 4) === 'II*\0' || text(0, 4) === 'MM\0*') return 'image/tiff';
  if (text(0, 2) === '\xff\x0a' || text(4, 12) === 'JXL \r\n\x87\n') return 'image/jxl';
  if (text(4, 8) === 'ftyp') return brands[text(8, 12)] ?? 'video/mp4';
  return null;
}
