import type { Backend, Output } from './api.ts';
import type { DesktopBridge } from './desktop-bridge.ts';
import { Failure, unwrapReply } from './errors.ts';
import { createEventListeners } from './event-listeners.ts';

/** The backend of the desktop page: everything goes over the bridge that the preload exposes. */
export function createDesktopBackend(bridge: DesktopBridge): Backend {
  const listeners = createEventListeners();
  bridge.onEvent(listeners.deliver);
  let lastCall = 0;
  return {
    on: listeners.on,
    request: async (name, input, signal) => {
      if (signal?.aborted) throw new Failure('cancelled', 'cancelled');
      const call = ++lastCall;
      const cancel = (): void => bridge.cancel(call);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        return unwrapReply(await bridge.request(name, input, call)) as Output<typeof name>;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}
