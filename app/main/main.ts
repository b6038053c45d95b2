import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { app } from 'electron';

import { findInstallation } from '../workers/installation.ts';
import { openDesktop, type Desktop } from './desktop.ts';
import { readLaunchArguments } from './launch-arguments.ts';
import { registerSchemes } from './protocols.ts';

// Started as `electron .`, the first argument is the app's folder.
const given = readLaunchArguments(process.argv.slice(process.defaultApp ? 2 : 1), process.cwd(), process.env);
// The window's own files lie with the library, so that there is one instance for each library.
const userData = join(given.library, 'window');
mkdirSync(userData, { recursive: true });
app.setPath('userData', userData);

let desktop: Desktop | undefined;
let closed = false;
/** What macOS asks to open, by drop on the icon, may come before the window is there. */
const early: string[] = [];
app.on('open-file', (event, path) => {
  event.preventDefault();
  if (desktop) desktop.show([path]);
  else early.push(path);
});

if (app.requestSingleInstanceLock({ paths: given.paths })) {
  registerSchemes();
  app.on('second-instance', (_event, _argv, _cwd, data) => desktop?.show((data as { paths: string[] }).paths));
  app.on('activate', () => desktop?.show([]));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (closed || !desktop) return;
    event.preventDefault();
    void desktop.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
  // Not awaited: Electron is ready only after this module has been loaded as a whole.
  void app.whenReady().then(() => {
    desktop = openDesktop({
      library: given.library,
      paths: [...given.paths, ...early],
      installation: findInstallation(import.meta.dirname),
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
    });
  });
} else {
  app.quit();
}
