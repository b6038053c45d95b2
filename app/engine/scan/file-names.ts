import { extname } from 'node:path';

const readableExtensions = new Set(['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp']);

/** Pictures and videos that people keep beside their photos and that are not read yet. */
const laterExtensions = new Set(
  (
    '.heic .heif .hif .avif .jxl .jp2 .tif .tiff .gif .bmp .psd ' +
    '.dng .cr2 .cr3 .crw .nef .nrw .arw .sr2 .srf .raf .orf .rw2 .rwl .pef .srw .x3f .3fr .iiq .erf .kdc .mrw ' +
    '.mp4 .m4v .mov .avi .mkv .webm .mpg .mpeg .mts .m2ts .3gp .wmv'
  ).split(' '),
);

/** Folders of systems and devices that hold no photos of the user's. */
const systemFolders = new Set([
  '$recycle.bin',
  'system volume information',
  '@eadir',
  '__macosx',
  'lost+found',
  'node_modules',
]);

/** What the extension promises: worth reading, a picture for later, or not known. */
export function promiseOf(name: string): 'readable' | 'later' | 'unknown' {
  const extension = extname(name).toLowerCase();
  if (readableExtensions.has(extension)) return 'readable';
  return laterExtensions.has(extension) ? 'later' : 'unknown';
}

/** Hidden by the Unix convention: also the `._` companions that macOS leaves on foreign disks. */
export const isHidden = (name: string): boolean => name.startsWith('.');

export const isSystemFolder = (name: string): boolean => isHidden(name) || systemFolders.has(name.toLowerCase());
