import { parentPort } from 'node:worker_threads';

import type { Port } from './channel.ts';

/** The way back to whoever started this thread or process. A process ends when nobody is there to answer. */
export function ownPort(): Port {
  if (parentPort) return parentPort;
  if (!process.channel) throw new Error('nobody started this service; it runs in a thread or process of its own');
  process.once('disconnect', () => process.exit());
  return {
    // Buffers are copied: a process has no memory to hand over.
    postMessage: (message) => {
      process.send?.(message);
    },
    on: (event, listener) => process.on(event, listener),
    off: (event, listener) => process.off(event, listener),
  };
}
