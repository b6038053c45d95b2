import { Failure } from '../../contract/errors.ts';
import { moved } from '../../workers/channel.ts';
import type { Detect } from '../face/detect/detector.ts';
import { openDetector } from '../face/detect/open-detector.ts';
import { createEmbed, type Embed } from '../face/embed.ts';
import { settings } from '../settings.ts';
import { openNetwork } from './backends/open-network.ts';
import { partBatches } from './backends/part-batches.ts';
import type { ModelService } from './model-service.ts';
import type { Network } from './network.ts';
import { folderWithPack, readPack, type Pack } from './pack.ts';

interface Loaded {
  readonly detect: Detect;
  readonly embed: Embed;
  readonly networks: readonly Network[];
}

/**
 * The model thread's work: loads the packs once and then runs one call after the other.
 * @param open loads a network
 * @param tell hears, in words, what belongs in the log
 */
export function createModelService(open = openNetwork, tell: (message: string) => void = console.warn): ModelService {
  let loaded: Loaded | undefined;
  const models = (): Loaded => {
    if (!loaded) throw new Failure('internal', 'the models were used before they were opened');
    return loaded;
  };
  return {
    open: async ({ dirs, detector: detectorName, embedder: embedderName, backend, threads }) => {
      const networks: Network[] = [];
      const opener =
        (pack: Pack) =>
        async (file?: string): Promise<Network> => {
          const network = await open(backend, pack, { file, threads });
          networks.push(network);
          return partBatches(network, (message) => tell(`${pack.manifest.title}: ${message}`));
        };
      try {
        const detector = readPack(folderWithPack(dirs, detectorName), detectorName, 'detector');
        const embedder = readPack(folderWithPack(dirs, embedderName), embedderName, 'embedder');
        const detect = await openDetector(detector, opener(detector));
        const embed = createEmbed(await opener(embedder)(), embedder.manifest, settings.face.embedBatch);
        await closeAll(loaded?.networks ?? []);
        loaded = { detect, embed, networks };
        return { detector: detector.manifest, embedder: embedder.manifest };
      } catch (error) {
        await closeAll(networks);
        throw error;
      }
    },
    detect: async ({ images }, signal) => {
      signal.throwIfAborted();
      return models().detect(images);
    },
    embed: async ({ chips, count }) => {
      const embeddings = await models().embed(chips, count);
      return moved(embeddings, [embeddings.buffer]);
    },
  };
}

async function closeAll(networks: readonly Network[]): Promise<void> {
  await Promise.all(networks.map((network) => network.close()));
}
