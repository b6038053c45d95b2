import { once } from 'node:events';

import { Failure } from '../contract/errors.ts';
import type { LibraryHost } from './host-library.ts';

/**
 * Keeps a library open until `signal` is aborted, then closes it.
 * @throws {Failure} `worker-died` if the engine ends by itself
 */
export async function untilStopped(host: LibraryHost, signal: AbortSignal): Promise<void> {
  const died = new Promise<never>((_, reject) => {
    host.engine.onDeath((reason) =>
      reject(new Failure('worker-died', `the engine stopped (${reason}); start it again`)),
    );
  });
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  try {
    await Promise.race([stopped, died]);
  } finally {
    await host.close();
  }
}
