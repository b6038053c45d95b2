import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createEmbed } from '../../../../app/engine/face/embed.ts';
import { backends, type BackendName } from '../../../../app/engine/model/backends/backends.ts';
import { readCatalogue } from '../../../../app/engine/model/catalogue.ts';
import { leastCosine } from '../../../../app/engine/model/golden.ts';
import type { EmbedderManifest } from '../../../../app/engine/model/manifest.ts';
import { emitFaceNet } from '../../../../app/engine/model/networks/facenet.ts';
import { readNpy } from '../../../../app/engine/model/networks/npy.ts';
import { givenWeights } from '../../../../app/engine/model/networks/weight-source.ts';
import { encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import { cosine, readGoldens } from '../../../fixtures/goldens.ts';
import { shared, sharedDir } from '../../../fixtures/photos.ts';
import { loadableBackends } from '../engines/tfjs/loadable-backends.ts';

const modelsDir = join(import.meta.dirname, '../../../../resources/models');
const catalogue = readCatalogue(modelsDir);
const native = (await loadableBackends()).includes('native');
const names: readonly BackendName[] = native ? ['ort-cpu', 'tensorflow', 'wasm'] : ['ort-cpu', 'wasm'];

const models = new Map<string, Uint8Array | null>();

function modelOf(pack: string): Uint8Array | null {
  const model = models.get(pack) ?? readModel(pack);
  models.set(pack, model);
  return model;
}

/** FaceNet is put together from the weights beside the project where its pack is not built. */
function readModel(pack: string): Uint8Array | null {
  const built = join(modelsDir, 'packs', pack, 'model.onnx');
  if (existsSync(built)) return readFileSync(built);
  if (pack !== 'facenet') return null;
  const dir = shared('models/facenet/weights');
  const weights = readdirSync(dir).map(
    (file) => [basename(file, '.npy'), readNpy(readFileSync(join(dir, file)))] as const,
  );
  return encodeModel(emitFaceNet(givenWeights(new Map(weights)), 512));
}

describe.skipIf(!sharedDir)('an embedder gives its golden vectors', () => {
  it.each(
    (['fr-feature', 'facenet', 'dlib-resnet'] as const).flatMap((pack) => names.map((backend) => ({ pack, backend }))),
  )('$pack on $backend', { timeout: 180_000 }, async ({ pack, backend }) => {
    const model = modelOf(pack);
    if (!model) {
      console.info(`${pack} is not built: skipped (node scripts/build-models.ts ${pack})`);
      return;
    }
    const manifest = catalogue.get(pack)!.manifest as EmbedderManifest;
    const network = pack === 'fr-feature' ? 'fr_feature' : pack === 'facenet' ? 'facenet' : 'dlib_resnet';
    const goldens = (await readGoldens(network, manifest.inputSize)).slice(0, 2);
    const opened = await backends[backend].open(model, 1);
    const embed = createEmbed(opened, manifest, goldens.length);
    const chips = new Uint8Array(Buffer.concat(goldens.map(({ chip }) => chip)));
    const vectors = await embed(chips, goldens.length);
    await opened.close();
    const { dimensions } = manifest;
    goldens.forEach(({ vector }, i) => {
      expect(vector).toHaveLength(dimensions);
      expect(cosine(vectors.subarray(i * dimensions, (i + 1) * dimensions), vector)).toBeGreaterThanOrEqual(
        leastCosine,
      );
    });
  });
});
