import type { Reply } from './errors.ts';

/** Channels between the desktop page and the main process. */
export const desktopChannels = {
  request: 'familiar:request',
  cancel: 'familiar:cancel',
  event: 'familiar:event',
  pickFolders: 'familiar:pick-folders',
  showInFolder: 'familiar:show-in-folder',
} as const;

/**
 * `window.familiar`: what the preload gives the desktop page, and all it gives. Pictures come by URL
 * (`desktopPictureUrls`); `createDesktopBackend` makes a `Backend` of it.
 */
export interface DesktopBridge {
  /** `darwin`, `win32` or `linux`. */
  readonly platform: string;
  /** `call` is a number of the page's choice, under which the request can be cancelled while it runs. */
  request(name: string, input: unknown, call: number): Promise<Reply<unknown>>;
  cancel(call: number): void;
  /** Every event of the engine, until the returned function is called. */
  onEvent(listener: (name: string, payload: unknown) => void): () => void;
  /** The absolute path of a `File` that was dropped or picked; empty for a file that is on no disk. */
  pathForFile(file: object): string;
  /** The system's dialog for folders; empty when the user cancels. */
  pickFolders(): Promise<string[]>;
  /** Shows a file in the system's file manager. */
  showInFolder(path: string): Promise<void>;
}
