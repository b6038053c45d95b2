import { createDesktopBackend } from '../../app/contract/desktop-backend.ts';
import type { DesktopBridge } from '../../app/contract/desktop-bridge.ts';
import { desktopPictureUrls } from '../../app/contract/picture-urls.ts';
import type { Host } from './host.ts';

/** The desktop's window: requests over the preload's bridge, files with their paths. */
export function createDesktopHost(bridge: DesktopBridge): Host {
  return {
    backend: createDesktopBackend(bridge),
    pictures: desktopPictureUrls,
    dropped: 'stay',
    takeDrop: (transfer) => {
      const paths = [...transfer.files].map((file) => bridge.pathForFile(file)).filter((path) => path !== '');
      return Promise.resolve({ kind: 'paths', paths });
    },
    upload: null,
    pickFolders: () => bridge.pickFolders(),
    showInFolder: (path) => void bridge.showInFolder(path),
  };
}
