import { BrowserWindow, dialog, ipcMain, shell, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';

import { desktopChannels } from '../contract/desktop-bridge.ts';
import { describeFailure, Failure, type Reply } from '../contract/errors.ts';
import type { EngineHandle } from '../workers/start-engine.ts';
import { isPageUrl } from './page-address.ts';

/** What may come from a page. Names and inputs are checked by the engine, senders here. */
export function answerPage(engine: Promise<Pick<EngineHandle, 'dispatch'>>): void {
  const running = new Map<string, AbortController>();
  const keyOf = (event: IpcMainEvent | IpcMainInvokeEvent, call: unknown): string =>
    `${event.sender.id}:${String(call)}`;

  ipcMain.handle(desktopChannels.request, async (event, name: unknown, input: unknown, call: unknown) => {
    const caller = new AbortController();
    const key = keyOf(event, call);
    try {
      checkSender(event);
      if (typeof name !== 'string') throw new Failure('bad-request', 'a request has a name');
      running.set(key, caller);
      return await (await engine).dispatch(name, input, caller.signal);
    } catch (error) {
      return { ok: false, error: describeFailure(error) } satisfies Reply<unknown>;
    } finally {
      if (running.get(key) === caller) running.delete(key);
    }
  });
  ipcMain.on(desktopChannels.cancel, (event, call: unknown) => {
    if (isOurs(event)) running.get(keyOf(event, call))?.abort();
  });
  ipcMain.handle(desktopChannels.pickFolders, async (event) => {
    checkSender(event);
    const window = BrowserWindow.fromWebContents(event.sender);
    const options = { properties: ['openDirectory' as const, 'multiSelections' as const] };
    const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
    return filePaths;
  });
  ipcMain.handle(desktopChannels.showInFolder, (event, path: unknown) => {
    checkSender(event);
    if (typeof path === 'string') shell.showItemInFolder(path);
  });
}

/** Only the main frame of our own page: a frame inside it, or another page, has no business here. */
function isOurs({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageUrl(senderFrame.url);
}

function checkSender(event: IpcMainEvent | IpcMainInvokeEvent): void {
  if (!isOurs(event)) throw new Failure('not-allowed', 'only the page of Familiar itself may ask this');
}
