import { Failure } from '../../../contract/errors.ts';
import type { Remote } from '../../../workers/channel.ts';
import type { Spawn } from '../../../workers/spawn.ts';
import { createTestPhoto, facesInTestPhoto } from '../../face/test-photo.ts';
import { settings } from '../../settings.ts';
import { leastCosine } from '../golden.ts';
import type { ModelService } from '../model-service.ts';
import { folderWithPack, readPack } from '../pack.ts';
import { packDirs, shareThreads, startModels } from '../start-models.ts';
import { backends } from './backends.ts';
import { compareEmbedder, patternChips } from './compare-embedder.ts';
import { compareNetwork } from './compare-network.ts';
import { furthest, type Distance } from './distance-between.ts';
import { openNetwork } from './open-network.ts';
import type { ProbeService } from './probe-service.ts';

/** Measures a backend with the same model threads as the engine uses. `open` loads what they are held against. */
export function createProbeService(spawn: Spawn, open = openNetwork): ProbeService {
  return {
    measure: async (input, signal) => {
      const { backend, threads } = input;
      const dirs = packDirs(input);
      const detector = readPack(folderWithPack(dirs, settings.models.detector), settings.models.detector, 'detector');
      const embedder = readPack(folderWithPack(dirs, input.embedder), input.embedder, 'embedder');
      const distances: Distance[] = [];
      for (const { name } of detector.manifest.files) {
        distances.push(await compareNetwork(detector, name, { open, backend, threads: 1 }));
      }
      const { get, close } = startModels({ ...input, spawn, embedder: () => input.embedder, backend: () => backend });
      try {
        const models = await get();
        const embeddings = await compareEmbedder(models, embedder, open, settings.face.embedBatch + 3);
        const { deviation } = furthest([embeddings, ...distances]);
        refuseWrong(deviation);
        signal.throwIfAborted();
        const sideBySide = shareThreads(threads).count;
        return {
          device: await backends[backend].device(),
          ...(await measureSpeed(models, embedder.manifest.inputSize, sideBySide)),
          deviation,
          difference: embeddings.difference,
        };
      } finally {
        await close();
      }
    },
  };
}

/** How fast wrong numbers come is no matter. */
function refuseWrong(deviation: number): void {
  if (deviation <= 1 - leastCosine) return;
  throw new Failure('model-failed', `It gives other numbers than it should (1 − cosine: ${deviation.toPrecision(2)}).`);
}

async function measureSpeed(
  models: Remote<ModelService>,
  side: number,
  sideBySide: number,
): Promise<{ readonly facesPerSecond: number; readonly detectMs: number }> {
  const count = settings.face.embedBatch;
  const chips = patternChips(side, count);
  const image = createTestPhoto();
  const [found] = await models.detect({ images: [image] });
  if (found?.length !== facesInTestPhoto) {
    throw new Failure('model-failed', `It finds ${found?.length ?? 0} faces where there are ${facesInTestPhoto}.`);
  }
  const embedMs = await medianMs(sideBySide, () => models.embed({ chips, count }));
  const detectMs = await medianMs(sideBySide, () => models.detect({ images: [image] }));
  return { facesPerSecond: (1000 * count * sideBySide) / embedMs, detectMs: detectMs / sideBySide };
}

/** The median time of `sideBySide` calls at once, over some rounds after one that warms up. */
async function medianMs(sideBySide: number, call: () => Promise<unknown>): Promise<number> {
  const { rounds, milliseconds } = settings.backends;
  const times: number[] = [];
  const begun = performance.now();
  for (let round = 0; round <= rounds || performance.now() - begun < milliseconds; round++) {
    const start = performance.now();
    await Promise.all(Array.from({ length: sideBySide }, call));
    if (round > 0) times.push(performance.now() - start);
  }
  return times.toSorted((one, other) => one - other)[times.length >> 1] ?? Infinity;
}
