import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readCatalogue } from '../../app/engine/model/catalogue.ts';
import { emitDlibResnet } from '../../app/engine/model/networks/dlib-resnet.ts';
import { permute } from '../../app/engine/model/networks/permute.ts';
import { givenWeights } from '../../app/engine/model/networks/weight-source.ts';
import type { Weights } from '../../app/engine/model/networks/weights.ts';
import { encodeModel } from '../../app/engine/model/onnx/codec.ts';
import { sha256 } from '../../app/engine/model/pack.ts';
import { faceApiWeights } from './face-api-weights.ts';

/** dlib's network as face-api keeps it: rounded to 8 bits. Always at hand, unlike the weights of the pack. */
export function readRoundedDlib(): Weights {
  const weights = faceApiWeights('face_recognition_model');
  // There kernels are [height, width, in, out].
  return new Map(
    [...weights].map(([name, weight]) => [name, name.endsWith('filters') ? permute(weight, [3, 2, 0, 1]) : weight]),
  );
}

/** Makes the pack `rounded-dlib` in a folder of packs. */
export function makeRoundedDlibPack(packDir: string): void {
  const catalogue = readCatalogue(join(import.meta.dirname, '../../resources/models'));
  // The golden vector is that of the weights before they were rounded.
  const manifest = { ...catalogue.get('dlib-resnet')!.manifest, golden: undefined };
  const model = encodeModel(emitDlibResnet(givenWeights(readRoundedDlib())));
  const dir = join(packDir, 'rounded-dlib');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'model.onnx'), model);
  const files = [{ name: 'model.onnx', sha256: sha256(model), bytes: model.length }];
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, name: 'rounded-dlib', files }));
}
