import type { ProbeService } from '../../../../../app/engine/model/backends/probe-service.ts';
import { serve } from '../../../../../app/workers/channel.ts';
import { ownPort } from '../../../../../app/workers/own-port.ts';

/** Sleeps within a call that gives nobody else a turn. */
serve<ProbeService>(ownPort(), {
  measure: async () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    throw new Error('nobody woke it');
  },
});
