import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openOrt } from '../../../../app/engine/model/engines/ort.ts';
import { emitFaceNet } from '../../../../app/engine/model/networks/facenet.ts';
import { readNpy } from '../../../../app/engine/model/networks/npy.ts';
import { givenWeights, randomWeights } from '../../../../app/engine/model/networks/weight-source.ts';
import type { Weight } from '../../../../app/engine/model/networks/weights.ts';
import { encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import { createRandom } from '../../../factories/library.ts';
import { cosine, planesOf, readGoldens } from '../../../fixtures/goldens.ts';
import { shared, sharedDir } from '../../../fixtures/photos.ts';

const side = 160;

function readWeights(): Map<string, Weight> {
  const dir = shared('models/facenet/weights');
  const files = readdirSync(dir).map((file): [string, Weight] => [
    basename(file, '.npy'),
    readNpy(readFileSync(`${dir}/${file}`)),
  ]);
  return new Map(files);
}

describe.skipIf(!sharedDir)('FaceNet from the public weights', () => {
  it('gives the reference vectors, one face at a time or many', async () => {
    const network = await openOrt(encodeModel(emitFaceNet(givenWeights(readWeights()), 512)), 1);
    const goldens = await readGoldens('facenet', side);
    const batch = new Float32Array(goldens.length * 3 * side * side);
    for (const [i, { chip }] of goldens.entries()) {
      batch.set(planesOf(chip, [127.5, 127.5, 127.5], 128), i * 3 * side * side);
    }
    const many = (await network.run({ image: { data: batch, dims: [goldens.length, 3, side, side] } })).get(
      'embedding',
    )!;
    const first = batch.slice(0, 3 * side * side);
    const one = (await network.run({ image: { data: first, dims: [1, 3, side, side] } })).get('embedding')!;
    await network.close();

    expect(many.dims).toEqual([goldens.length, 512]);
    for (const [i, { vector }] of goldens.entries()) {
      expect(cosine(many.data.subarray(512 * i, 512 * (i + 1)), vector)).toBeGreaterThan(0.9999);
    }
    expect(cosine(one.data, goldens[0]!.vector)).toBeGreaterThan(0.9999);
  });

  it('refuses weights of another size by name', () => {
    const weights = readWeights();
    weights.set('Conv2d_1a_3x3_kernel', { dims: [32, 3, 3, 1], values: new Float32Array(288) });
    expect(() => emitFaceNet(givenWeights(weights), 512)).toThrow(/Conv2d_1a_3x3_kernel is 32 × 3 × 3 × 1/);
  });
});

describe('FaceNet from random weights', () => {
  it('gives 128 numbers where that is asked for, which neither die out nor blow up', async () => {
    const network = await openOrt(encodeModel(emitFaceNet(randomWeights(createRandom(1)), 128)), 1);
    const random = createRandom(3);
    const data = Float32Array.from({ length: 2 * 3 * side * side }, () => 2 * random() - 1);
    const { dims, data: vectors } = (await network.run({ image: { data, dims: [2, 3, side, side] } })).get(
      'embedding',
    )!;
    await network.close();
    expect(dims).toEqual([2, 128]);
    const size = Math.hypot(...vectors.subarray(0, 128));
    expect(size).toBeGreaterThan(0.01);
    expect(size).toBeLessThan(1000);
  });

  it('are the same for the same seed, spread as wide as asked, and zero for biases', () => {
    const [one, again, other] = [1, 1, 2].map((seed) =>
      randomWeights(createRandom(seed))('kernel', [50, 3, 3, 8], 0.5),
    );
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    const { values } = one!;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(deviation).toBeCloseTo(0.5 * Math.sqrt(2 / 72), 2);
    expect(randomWeights(createRandom(1))('bias', [4]).values).toEqual(new Float32Array(4));
  });
});
