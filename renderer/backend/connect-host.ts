import type { DesktopBridge } from '../../app/contract/desktop-bridge.ts';
import { createBrowserHost } from './browser-host.ts';
import { createDesktopHost } from './desktop-host.ts';
import type { Host } from './host.ts';

declare global {
  interface Window {
    /** There only in the desktop's window. */
    readonly familiar?: DesktopBridge;
  }
}

/** The host that this page runs in. */
export function connectHost(page: Window): Host {
  return page.familiar ? createDesktopHost(page.familiar) : createBrowserHost(page.location.origin);
}
