import type { Backend } from '../../app/contract/api.ts';
import type { PictureUrls } from '../../app/contract/picture-urls.ts';

/** A file that a page was given without its place on the disk. `name` is relative, with `/`. */
export interface LooseFile {
  readonly name: string;
  readonly file: File;
}

/** What was dropped or picked: places on the disk where the page may know them, else the files themselves. */
export type Added =
  | { readonly kind: 'paths'; readonly paths: readonly string[] }
  | { readonly kind: 'files'; readonly files: readonly LooseFile[] };

/** Where the interface runs: all that differs between a browser's page and the desktop's window. */
export interface Host {
  readonly backend: Backend;
  readonly pictures: PictureUrls;
  /** Whether dropped pictures stay where they are, or are copied into the library. */
  readonly dropped: 'stay' | 'copied';
  /** Must be called while the drop event is handled; what it holds is gone afterwards. */
  takeDrop(transfer: DataTransfer): Promise<Added>;
  /** The same for files that were picked. */
  takeFiles(files: readonly File[]): Promise<Added>;
  /** Brings one file into the library's inbox and answers its path there. Null where paths are known. */
  readonly upload: ((file: LooseFile, signal: AbortSignal) => Promise<string>) | null;
  /** Brings one file to where the engine can look at it, without keeping it, and answers its path. Null as above. */
  readonly lend: ((file: LooseFile, signal: AbortSignal) => Promise<string>) | null;
  /** The system's dialog, empty when it is cancelled. Null where the page has to offer its own. */
  readonly pickFolders: (() => Promise<readonly string[]>) | null;
  /** Null where the page cannot. */
  readonly showInFolder: ((path: string) => void) | null;
}
