import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { openTfjs } from '../../../../../app/engine/model/engines/tfjs/open-tfjs.ts';
import { EmbedderManifest } from '../../../../../app/engine/model/manifest.ts';
import { cosine, planesOf, readGoldens } from '../../../../fixtures/goldens.ts';
import { sharedDir } from '../../../../fixtures/photos.ts';
import { loadableBackends } from './loadable-backends.ts';

const packsDir = join(import.meta.dirname, '../../../../../resources/models/packs');
const embedders = [
  { pack: 'fr-feature', network: 'fr_feature' },
  { pack: 'facenet', network: 'facenet' },
  { pack: 'dlib-resnet', network: 'dlib_resnet' },
] as const;
const backends = await loadableBackends();

describe.skipIf(!sharedDir)('an embedder on TensorFlow.js', () => {
  for (const { pack, network } of embedders) {
    const dir = join(packsDir, pack);
    for (const backend of backends) {
      it.skipIf(!existsSync(join(dir, 'model.onnx')))(`gives ${pack}'s golden vectors: ${backend}`, async () => {
        const { inputSize: side, normalisation } = EmbedderManifest.parse(
          JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')),
        );
        const goldens = (await readGoldens(network, side)).slice(0, 4);
        const model = await openTfjs(readFileSync(join(dir, 'model.onnx')), backend);
        const planes = 3 * side * side;
        const data = new Float32Array(goldens.length * planes);
        goldens.forEach(({ chip }, i) => data.set(planesOf(chip, normalisation.mean, normalisation.scale), i * planes));
        const before = tf.memory().numTensors;
        const outputs = await model.run({ [model.inputs[0]!]: { data, dims: [goldens.length, 3, side, side] } });
        expect(tf.memory().numTensors).toBe(before);
        const { data: vectors, dims } = outputs.get(model.outputs[0]!)!;
        const length = goldens[0]!.vector.length;
        expect(dims).toEqual([goldens.length, length]);
        goldens.forEach(({ vector }, i) => {
          expect(cosine(vectors.subarray(i * length, (i + 1) * length), vector)).toBeGreaterThan(0.9999);
        });
        await model.close();
      });
    }
  }
});
