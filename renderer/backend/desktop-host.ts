import { createDesktopBackend } from '../../app/contract/desktop-backend.ts';
import type { DesktopBridge } from '../../app/contract/desktop-bridge.ts';
import { desktopPictureUrls } from '../../app/contract/picture-urls.ts';
import type { Added, Host } from './host.ts';

/** The desktop's window: requests over the preload's bridge, files with their paths. */
export function createDesktopHost(bridge: DesktopBridge): Host {
  const pathsOf = (files: readonly File[]): Added => ({
    kind: 'paths',
    paths: files.map((file) => bridge.pathForFile(file)).filter((path) => path !== ''),
  });
  return {
    backend: createDesktopBackend(bridge),
    pictures: desktopPictureUrls,
    dropped: 'stay',
    takeDrop: (transfer) => Promise.resolve(pathsOf([...transfer.files])),
    takeFiles: (files) => Promise.resolve(pathsOf(files)),
    upload: null,
    lend: null,
    pickFolders: () => bridge.pickFolders(),
    showInFolder: (path) => void bridge.showInFolder(path),
  };
}
