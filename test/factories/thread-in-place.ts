import { MessageChannel } from 'node:worker_threads';

import { serve, type Service } from '../../app/workers/channel.ts';
import type { Spawn } from '../../app/workers/spawn.ts';

/** Runs a service in this thread behind a real channel, as if it had one of its own. */
export function threadInPlace<S extends Service<S>>(create: () => S): Spawn {
  return () => {
    const { port1, port2 } = new MessageChannel();
    serve(port2, create());
    return {
      port: port1,
      onDeath: () => undefined,
      close: async () => port1.close(),
    };
  };
}
