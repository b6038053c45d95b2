import { resolve } from 'node:path';

import { expect, it } from 'vitest';

import { openDetector } from '../../../app/engine/face/detect/open-detector.ts';
import { createTestPhoto, facesInTestPhoto } from '../../../app/engine/face/test-photo.ts';
import { openNetwork } from '../../../app/engine/model/backends/open-network.ts';
import { readPack } from '../../../app/engine/model/pack.ts';

const packs = resolve(import.meta.dirname, '../../../resources/models/packs');

it.each(['ultra-light', 'mtcnn'])('the drawn faces are faces, with nothing else, to %s', async (name) => {
  const pack = readPack(packs, name, 'detector');
  const detect = await openDetector(pack, (file) => openNetwork('ort-cpu', pack, { file, threads: 1 }));
  const [found] = await detect([createTestPhoto()]);
  expect(found).toHaveLength(facesInTestPhoto);
  for (const { score } of found!) expect(score).toBeGreaterThan(0.95);
});
