import { EventEmitter } from 'node:events';

import { vi } from 'vitest';

type Listener = (...args: never[]) => unknown;

/** What a page's `ipcRenderer.invoke` and `send` do to the main process. */
export const handlers = new Map<string, Listener>();
export const listeners = new Map<string, Listener>();
/** Handlers of the protocols, by scheme. */
export const protocols = new Map<string, (request: { url: string }) => Promise<Response>>();
export const privileged: { scheme: string; privileges: Record<string, boolean> }[] = [];
export const windows: FakeWindow[] = [];

export class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  openHandler: (() => { action: string }) | undefined;
  permissionHandler: ((contents: unknown, permission: string, answer: (allowed: boolean) => void) => void) | undefined;
  permissionCheck: (() => boolean) | undefined;
  readonly session = {
    setPermissionRequestHandler: (handler: typeof this.permissionHandler) => (this.permissionHandler = handler),
    setPermissionCheckHandler: (handler: typeof this.permissionCheck) => (this.permissionCheck = handler),
  };

  send(...message: unknown[]): void {
    this.sent.push(message);
  }

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
}

export interface FakeOptions {
  readonly show: boolean;
  readonly x?: number;
  readonly width: number;
  readonly webPreferences: Record<string, unknown>;
}

export class FakeWindow extends EventEmitter {
  static fromWebContents = (): FakeWindow | undefined => windows[0];
  readonly webContents = new FakeContents();
  readonly options: FakeOptions;
  url = '';
  visible = false;
  maximised = false;
  bounds = { x: 10, y: 20, width: 900, height: 700 };

  constructor(options: FakeOptions) {
    super();
    this.options = options;
    windows.push(this);
  }

  async loadURL(url: string): Promise<void> {
    this.url = url;
  }
  show = (): void => void (this.visible = true);
  maximize = (): void => void (this.maximised = true);
  destroyed = false;
  isDestroyed = (): boolean => this.destroyed;
  isMinimized = (): boolean => false;
  focus = (): void => undefined;
  isMaximized = (): boolean => this.maximised;
  getNormalBounds = (): typeof this.bounds => this.bounds;
}

/** Folders that the dialog gives back. */
export const picked: string[] = [];
export const shownInFolder: string[] = [];
const screenArea = { x: 0, y: 0, width: 1920, height: 1080 };

/** Where the window's own files go. */
export const userData = { dir: '' };

/** The module `electron`, as far as the main process uses it. */
export const electronStandIn = {
  app: { getPath: () => userData.dir, quit: vi.fn() },
  Menu: { setApplicationMenu: vi.fn(), buildFromTemplate: vi.fn() },
  ipcMain: {
    handle: (channel: string, handler: Listener) => handlers.set(channel, handler),
    on: (channel: string, listener: Listener) => listeners.set(channel, listener),
  },
  protocol: {
    registerSchemesAsPrivileged: (schemes: typeof privileged) => privileged.push(...schemes),
    handle: (scheme: string, handler: (request: { url: string }) => Promise<Response>) =>
      protocols.set(scheme, handler),
  },
  BrowserWindow: FakeWindow,
  dialog: {
    showOpenDialog: async () => ({ filePaths: picked }),
    showErrorBox: vi.fn<(title: string, content: string) => void>(),
  },
  shell: { showItemInFolder: (path: string) => shownInFolder.push(path) },
  nativeTheme: { shouldUseDarkColors: false },
  screen: { getDisplayMatching: () => ({ workArea: screenArea }) },
};
