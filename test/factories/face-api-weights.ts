import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { readTfjsWeights, type Weights } from '../../app/engine/model/networks/weights.ts';

export const faceApiModels = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'model',
);

/** Weights as face-api ships them. Always at hand, unlike the packs that are made of them. */
export function faceApiWeights(model: string): Weights {
  const manifest: unknown = JSON.parse(readFileSync(join(faceApiModels, `${model}-weights_manifest.json`), 'utf8'));
  return readTfjsWeights(manifest, readFileSync(join(faceApiModels, `${model}.bin`)));
}
