import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { createEmbed, type Embed } from '../../../app/engine/face/embed.ts';
import { createTestPattern } from '../../../app/engine/face/test-pattern.ts';
import { openOrt } from '../../../app/engine/model/engines/ort.ts';
import { cosine, decodeGolden, leastCosine } from '../../../app/engine/model/golden.ts';
import { readModelFile, readPack } from '../../../app/engine/model/pack.ts';
import { shared, sharedDir } from '../../fixtures/photos.ts';

const packDir = resolve(import.meta.dirname, '../../../resources/models/packs');
const pack = readPack(packDir, 'fr-feature', 'embedder');
let embed: Embed;

beforeAll(async () => {
  embed = createEmbed(await openOrt(await readModelFile(pack, 'model.onnx'), 1), pack.manifest, 8);
});

test('the embedder gives the vector that its manifest records', async () => {
  const vector = await embed(createTestPattern(112, 112).data, 1);
  expect(cosine(vector, decodeGolden(pack.manifest.golden!))).toBeGreaterThanOrEqual(leastCosine);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
});

test('chips that are not what was promised are refused', async () => {
  await expect(embed(new Uint8Array(10), 1)).rejects.toThrow('promised');
});

describe.skipIf(!sharedDir || !existsSync(shared('models/goldens')))('on the reference chips', () => {
  test.each([1, 8])('batches of %i reproduce the reference vectors', async (batch) => {
    const { vectors } = JSON.parse(readFileSync(shared('models/goldens/vectors.json'), 'utf8')) as {
      vectors: Record<string, Record<string, number[]>>;
    };
    const references = Object.entries(vectors['fr_feature']!);
    expect(references.length).toBeGreaterThan(8);
    for (let start = 0; start < references.length; start += batch) {
      const part = references.slice(start, start + batch);
      const chips = await Promise.all(
        part.map(([name]) =>
          sharp(join(shared('models/goldens'), `${name}-112.png`))
            .removeAlpha()
            .raw()
            .toBuffer(),
        ),
      );
      const found = await embed(new Uint8Array(Buffer.concat(chips)), part.length);
      for (const [i, [name, reference]] of part.entries()) {
        const row = found.subarray(512 * i, 512 * (i + 1));
        expect(cosine(row, Float32Array.from(reference)), name).toBeGreaterThanOrEqual(leastCosine);
      }
    }
  });
});
