import { describe, expect, it } from 'vitest';

import { openOrt } from '../../../../app/engine/model/engines/ort.ts';
import { readDlibWeights } from '../../../../app/engine/model/networks/dlib-dat.ts';
import { emitDlibResnet } from '../../../../app/engine/model/networks/dlib-resnet.ts';
import { givenWeights, randomWeights } from '../../../../app/engine/model/networks/weight-source.ts';
import { encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import { createRandom } from '../../../factories/library.ts';
import { readRoundedDlib } from '../../../factories/rounded-dlib.ts';
import { cosine, planesOf, readGoldens } from '../../../fixtures/goldens.ts';
import { sharedDir } from '../../../fixtures/photos.ts';

const side = 150;

describe('the dlib network', () => {
  it.skipIf(!sharedDir)(
    'gives the reference vectors, but for the rounding of the weights that are at hand',
    async () => {
      const network = await openOrt(encodeModel(emitDlibResnet(givenWeights(readRoundedDlib()))), 1);
      for (const { chip, vector } of await readGoldens('dlib_resnet', side)) {
        const data = planesOf(chip, [122.782, 117.001, 104.298], 256);
        const { data: found } = (await network.run({ image: { data, dims: [1, 3, side, side] } })).get('embedding')!;
        // With the weights as dlib publishes them, which the pack is made of, it is 1 − 3e-12.
        expect(cosine(found, vector)).toBeGreaterThan(0.9994);
      }
      await network.close();
    },
  );

  it('takes any number of faces at once', async () => {
    const network = await openOrt(encodeModel(emitDlibResnet(randomWeights(createRandom(1)))), 1);
    const data = new Float32Array(3 * 3 * side * side).fill(0.1);
    const { dims } = (await network.run({ image: { data, dims: [3, 3, side, side] } })).get('embedding')!;
    await network.close();
    expect(dims).toEqual([3, 128]);
  });
});

describe('readDlibWeights', () => {
  it('refuses a file of another kind, and one that is cut', () => {
    expect(() => readDlibWeights(Buffer.from('no weights'))).toThrow(/not the weights of dlib/);
    const cut = Buffer.from([...Buffer.from('con_4'), 1, 2, 2, 0x80, 0x12, 1, 1, 1, 1, 1, 1, 0, 0]);
    expect(() => readDlibWeights(cut)).toThrow(/not the weights of dlib/);
  });
});
