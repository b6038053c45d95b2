import { Failure } from '../../contract/errors.ts';
import { moved } from '../../workers/channel.ts';
import type { Detect } from '../face/detect/detector.ts';
import { openDetector } from '../face/detect/open-detector.ts';
import { createEmbed, type Embed } from '../face/embed.ts';
import { settings } from '../settings.ts';
import { openOrt } from './engines/ort.ts';
import type { ModelService } from './model-service.ts';
import type { Network } from './network.ts';
import { folderWithPack, readModelFile, readPack, type Pack } from './pack.ts';

interface Loaded {
  readonly detect: Detect;
  readonly embed: Embed;
  readonly networks: readonly Network[];
}

/** The model thread's work: loads the packs once and then runs one call after the other. */
export function createModelService(): ModelService {
  let loaded: Loaded | undefined;
  const models = (): Loaded => {
    if (!loaded) throw new Failure('internal', 'the models were used before they were opened');
    return loaded;
  };
  return {
    open: async ({ dirs, detector: detectorName, embedder: embedderName, threads }) => {
      const networks: Network[] = [];
      const opener = (pack: Pack) => async (file: string) => {
        const network = await openOrt(await readModelFile(pack, file), threads);
        networks.push(network);
        return network;
      };
      const detector = readPack(folderWithPack(dirs, detectorName), detectorName, 'detector');
      const embedder = readPack(folderWithPack(dirs, embedderName), embedderName, 'embedder');
      const detect = await openDetector(detector, opener(detector));
      const [model] = embedder.manifest.files;
      const network = await opener(embedder)(model?.name ?? '');
      const embed = createEmbed(network, embedder.manifest, settings.face.embedBatch);
      await Promise.all(loaded?.networks.map((old) => old.close()) ?? []);
      loaded = { detect, embed, networks };
      return { detector: detector.manifest, embedder: embedder.manifest };
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
