import { createModelService } from '../../../../../app/engine/model/create-model-service.ts';
import { createProbeService } from '../../../../../app/engine/model/backends/create-probe-service.ts';
import { openNetwork } from '../../../../../app/engine/model/backends/open-network.ts';
import type { FloatTensor } from '../../../../../app/engine/model/network.ts';
import type { Pack } from '../../../../../app/engine/model/pack.ts';
import { serve } from '../../../../../app/workers/channel.ts';
import { ownPort } from '../../../../../app/workers/own-port.ts';
import { threadInPlace } from '../../../../factories/thread-in-place.ts';

/** The real probe, of a backend that runs every network rightly and then spoils what some of them give. */
export function serveBroken(spoils: (pack: Pack) => boolean, spoil: (tensor: FloatTensor) => FloatTensor): void {
  const open: typeof openNetwork = async (backend, pack, options) => {
    const network = await openNetwork('ort-cpu', pack, options);
    if (backend === 'ort-cpu' || !spoils(pack)) return network;
    return {
      ...network,
      run: async (inputs) =>
        new Map([...(await network.run(inputs))].map(([name, tensor]) => [name, spoil(tensor)] as const)),
    };
  };
  const spawn = threadInPlace(() => createModelService(open));
  serve(ownPort(), createProbeService(spawn, open));
}
