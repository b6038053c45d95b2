import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';

import { isPageUrl, pageUrl } from './page-address.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface WindowOptions {
  readonly preload: string;
  readonly stateFile: string;
}

/** Shown until the page has drawn itself: the page's own background. */
const background = { light: '#ffffff', dark: '#161618' };

/** Opens the window. It shows itself as soon as the page can be drawn, whether or not the engine is open by then. */
export function openWindow({ preload, stateFile }: WindowOptions): BrowserWindow {
  const state = readWindowState(stateFile);
  const bounds = state && isOnScreen(state.bounds) ? state.bounds : { width: 1200, height: 800 };
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Familiar',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true },
  });
  if (state?.maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximised: window.isMaximized() }),
  );
  confine(window);
  void window.loadURL(pageUrl);
  return window;
}

/** The page stays the page: it goes nowhere, opens nothing and gets no permission. */
function confine({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isPageUrl(event.url)) event.preventDefault();
  };
  webContents.on('will-navigate', stay);
  webContents.on('will-frame-navigate', stay);
  webContents.on('will-redirect', stay);
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  webContents.session.setPermissionCheckHandler(() => false);
}

/** Whether enough of the window lies on a screen that is still there to take hold of it. */
function isOnScreen(bounds: Rectangle): boolean {
  const area = screen.getDisplayMatching(bounds).workArea;
  const shared = (from: number, size: number, areaFrom: number, areaSize: number): number =>
    Math.min(from + size, areaFrom + areaSize) - Math.max(from, areaFrom);
  return (
    shared(bounds.x, bounds.width, area.x, area.width) >= 100 &&
    shared(bounds.y, bounds.height, area.y, area.height) >= 100
  );
}
