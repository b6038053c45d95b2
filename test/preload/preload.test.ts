import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { resolve } from 'node:path';
import { runInThisContext } from 'node:vm';

import { describe, expect, it } from 'vitest';

import { desktopChannels, type DesktopBridge } from '../../app/contract/desktop-bridge.ts';

const source = readFileSync(resolve(import.meta.dirname, '../../app/preload/preload.cts'), 'utf8');

/** Runs the preload script as a sandbox does: `require` knows Electron and nothing else. */
function runPreload(): { name: string; bridge: DesktopBridge; ipc: EventEmitter; calls: unknown[][] } {
  const ipc = new EventEmitter();
  const calls: unknown[][] = [];
  const exposed: [string, DesktopBridge][] = [];
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, bridge: DesktopBridge) => exposed.push([name, bridge]) },
    ipcRenderer: Object.assign(ipc, {
      invoke: async (...args: unknown[]) => calls.push(args),
      send: (...args: unknown[]) => calls.push(args),
    }),
    webUtils: { getPathForFile: (file: { path: string }) => file.path },
  };
  const require = (name: string): unknown => {
    if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`);
    return electron;
  };
  const run = runInThisContext(`(function (require) {${stripTypeScriptTypes(source)}\n})`) as (
    load: typeof require,
  ) => void;
  run(require);
  const [name, bridge] = exposed[0]!;
  return { name, bridge, ipc, calls };
}

describe('the preload script', () => {
  it('exposes the bridge and nothing else', () => {
    const { name, bridge } = runPreload();
    expect(name).toBe('familiar');
    expect(Object.keys(bridge).sort()).toEqual(
      ['cancel', 'onEvent', 'pathForFile', 'pickFolders', 'platform', 'request', 'showInFolder'].sort(),
    );
  });

  it('passes requests on over the channels of the contract', async () => {
    const { bridge, calls } = runPreload();
    await bridge.request('people.list', { hidden: false }, 3);
    bridge.cancel(3);
    await bridge.pickFolders();
    await bridge.showInFolder('/a.jpg');
    expect(calls).toEqual([
      [desktopChannels.request, 'people.list', { hidden: false }, 3],
      [desktopChannels.cancel, 3],
      [desktopChannels.pickFolders],
      [desktopChannels.showInFolder, '/a.jpg'],
    ]);
    expect(bridge.pathForFile({ path: '/a.jpg' })).toBe('/a.jpg');
  });

  it('hands events to the page without the event object, until it stops listening', () => {
    const { bridge, ipc } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.onEvent((...args) => heard.push(args));
    ipc.emit(desktopChannels.event, { sender: 'secret' }, 'notice', { message: 'hello' });
    stop();
    ipc.emit(desktopChannels.event, {}, 'notice', { message: 'late' });
    expect(heard).toEqual([['notice', { message: 'hello' }]]);
  });
});
