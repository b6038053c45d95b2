import type { DesktopBridge, desktopChannels } from '../contract/desktop-bridge.ts' with {
  'resolution-mode': 'import',
};

// A sandboxed preload can require nothing of ours: the names stand here again, held equal by their type.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a sandboxed preload is CommonJS
const { contextBridge, ipcRenderer, webUtils } = require('electron') as typeof import('electron');
const channels: typeof desktopChannels = {
  request: 'familiar:request',
  cancel: 'familiar:cancel',
  event: 'familiar:event',
  pickFolders: 'familiar:pick-folders',
  showInFolder: 'familiar:show-in-folder',
};

const bridge: DesktopBridge = {
  platform: process.platform,
  request: (name, input, call) => ipcRenderer.invoke(channels.request, name, input, call),
  cancel: (call) => ipcRenderer.send(channels.cancel, call),
  onEvent: (listener) => {
    const pass = (_event: unknown, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on(channels.event, pass);
    return () => ipcRenderer.off(channels.event, pass);
  },
  pathForFile: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  pickFolders: () => ipcRenderer.invoke(channels.pickFolders),
  showInFolder: (path) => ipcRenderer.invoke(channels.showInFolder, path),
};
contextBridge.exposeInMainWorld('familiar', bridge);
