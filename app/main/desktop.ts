import { join } from 'node:path';

import { app, dialog, Menu, type BrowserWindow } from 'electron';

import { desktopChannels } from '../contract/desktop-bridge.ts';
import { describeFailure } from '../contract/errors.ts';
import { hostLibrary, type LibraryHost } from '../server/host-library.ts';
import type { Installation } from '../workers/installation.ts';
import type { LaunchArguments } from './launch-arguments.ts';
import { menuTemplate } from './menu-template.ts';
import { answerPage } from './page-ipc.ts';
import { handleProtocols } from './protocols.ts';
import { openWindow } from './window.ts';

export interface DesktopOptions extends LaunchArguments {
  readonly installation: Installation;
  /** The compiled preload script. */
  readonly preload: string;
}

export interface Desktop {
  /** Brings the window to the front, as when the app is started again, and imports what it was given. */
  show(paths: readonly string[]): void;
  close(): Promise<void>;
}

/** Opens the window and, beside it, the library: the page is there before the engine is. */
export function openDesktop({ library, paths, installation, preload }: DesktopOptions): Desktop {
  const host = hostLibrary({ dir: library, installation, program: 'the Familiar window', page: false, port: 0 });
  const engine = host.then((opened) => opened.engine);
  // Whoever asks for an engine that did not open gets the reason; that it did not is told once, below.
  engine.catch(() => undefined);
  handleProtocols(installation.rendererDir, engine);
  answerPage(engine);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
  let window = open();

  function open(): BrowserWindow {
    return openWindow({ preload, stateFile: join(app.getPath('userData'), 'window.json') });
  }
  const importPaths = async (wanted: readonly string[]): Promise<void> => {
    if (wanted.length === 0) return;
    const reply = await (await engine).dispatch('import.add', { paths: wanted }, new AbortController().signal);
    if (!reply.ok) dialog.showErrorBox('These photos could not be added', reply.error.message);
  };
  const connect = ({ engine }: LibraryHost): void => {
    engine.onAny((name, payload) => {
      if (!window.isDestroyed()) window.webContents.send(desktopChannels.event, name, payload);
    });
    engine.onDeath((reason) => stopWith('Familiar has to start again', `${reason}. Nothing that was done is lost.`));
  };
  host
    .then(connect)
    .then(() => importPaths(paths))
    .catch((error: unknown) => stopWith('The library cannot be opened', describeFailure(error).message));

  return {
    show: (more) => {
      if (window.isDestroyed()) window = open();
      if (window.isMinimized()) window.restore();
      window.focus();
      void importPaths(more);
    },
    close: async () => {
      const opened = await host.catch(() => null);
      await opened?.close();
    },
  };
}

function stopWith(title: string, message: string): void {
  dialog.showErrorBox(title, message);
  app.quit();
}
