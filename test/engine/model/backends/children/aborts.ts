import type { ProbeService } from '../../../../../app/engine/model/backends/probe-service.ts';
import { serve } from '../../../../../app/workers/channel.ts';
import { ownPort } from '../../../../../app/workers/own-port.ts';

/** As a native library does that meets what it cannot bear. */
serve<ProbeService>(ownPort(), {
  measure: async () => {
    console.error('terminate called after throwing an instance of std::logic_error');
    process.abort();
  },
});
