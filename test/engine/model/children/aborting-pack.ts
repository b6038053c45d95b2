import type { PackService } from '../../../../app/engine/model/pack-service.ts';
import { serve } from '../../../../app/workers/channel.ts';
import { ownPort } from '../../../../app/workers/own-port.ts';

/** As a runtime does that a model brings down. */
const abort = async (): Promise<never> => process.abort();
serve<PackService>(ownPort(), { build: abort, import: abort });
