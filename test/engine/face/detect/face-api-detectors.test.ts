import { createRequire } from 'node:module';
import { dirname } from 'node:path';

import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { suppress, type Candidate } from '../../../../app/engine/face/detect/boxes.ts';
import type { ReadPlaces } from '../../../../app/engine/face/detect/look-proposals.ts';
import { readSsdMobilenet, ssdMobilenetMaps } from '../../../../app/engine/face/detect/ssd-mobilenet.ts';
import { readTinyFace } from '../../../../app/engine/face/detect/tiny-face.ts';
import { openOrt } from '../../../../app/engine/model/engines/ort.ts';
import { outputOf } from '../../../../app/engine/model/network.ts';
import { emitSsdMobilenet } from '../../../../app/engine/model/networks/ssd-mobilenet.ts';
import { emitTinyFace } from '../../../../app/engine/model/networks/tiny-face.ts';
import { weightOf } from '../../../../app/engine/model/networks/weights.ts';
import { encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import type { OnnxModel } from '../../../../app/engine/model/onnx/schema.ts';
import { faceApiModels, faceApiWeights } from '../../../factories/face-api-weights.ts';
import { demoPhotos } from '../../../fixtures/photos.ts';

/** What of face-api is used here: its own code is the reference that ours is held against. */
interface FaceApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    tensor3d(data: Uint8Array, dims: readonly number[]): { dispose(): void };
  };
  readonly nets: Readonly<Record<'ssdMobilenetv1' | 'tinyFaceDetector', { loadFromDisk(dir: string): Promise<void> }>>;
  readonly SsdMobilenetv1Options: new (options: { minConfidence: number }) => object;
  readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object;
  detectAllFaces(picture: object, options: object): PromiseLike<readonly Reference[]>;
}
interface Reference {
  readonly score: number;
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

const least = 0.3;
let faceApi: FaceApi;
beforeAll(async () => {
  const require = createRequire(import.meta.url);
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(dir: string): void };
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'))}/dist/`);
  faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi;
  await faceApi.tf.setBackend('wasm');
  await faceApi.nets.ssdMobilenetv1.loadFromDisk(faceApiModels);
  await faceApi.nets.tinyFaceDetector.loadFromDisk(faceApiModels);
});

async function picture(side: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await sharp(demoPhotos[3]).resize(side, side).removeAlpha().raw().toBuffer());
}

async function ours(
  model: OnnxModel,
  read: ReadPlaces,
  data: Uint8Array,
  side: number,
  overlap: number,
): Promise<Candidate[]> {
  const network = await openOrt(encodeModel(model), 1);
  const outputs = await network.run({ image: { data, dims: [1, side, side, 3] } });
  await network.close();
  return suppress(read({ width: side, height: side, output: (name) => outputOf(outputs, name) }, least), overlap);
}

async function theirs(data: Uint8Array, side: number, options: object): Promise<Candidate[]> {
  const tensor = faceApi.tf.tensor3d(data, [side, side, 3]);
  const found = await faceApi.detectAllFaces(tensor, options);
  tensor.dispose();
  return found.map(({ score, box: { left, top, right, bottom } }) => ({ left, top, right, bottom, score }));
}

/** Boxes within half a pixel, scores within a hundredth. */
function expectSame(found: readonly Candidate[], reference: readonly Candidate[]): void {
  expect(found).toHaveLength(reference.length);
  reference.forEach((wanted, i) => {
    expect(found[i]!.score).toBeCloseTo(wanted.score, 2);
    for (const edge of ['left', 'top', 'right', 'bottom'] as const) {
      expect(Math.abs(found[i]![edge] - wanted[edge])).toBeLessThan(0.5);
    }
  });
}

describe('the networks of face-api, as ONNX graphs with our reading of their boxes, find what face-api finds', () => {
  test('SSD-MobileNet', async () => {
    const data = await picture(512);
    const reference = await theirs(data, 512, new faceApi.SsdMobilenetv1Options({ minConfidence: least }));
    expect(reference.length).toBeGreaterThanOrEqual(3);
    expectSame(
      await ours(emitSsdMobilenet(faceApiWeights('ssd_mobilenetv1_model')), readSsdMobilenet, data, 512, 0.5),
      reference,
    );
  });

  test('the tiny face detector', async () => {
    const data = await picture(416);
    const options = new faceApi.TinyFaceDetectorOptions({ inputSize: 416, scoreThreshold: least });
    const reference = await theirs(data, 416, options);
    expect(reference.length).toBeGreaterThanOrEqual(3);
    expectSame(
      await ours(emitTinyFace(faceApiWeights('tiny_face_detector_model')), readTinyFace, data, 416, 0.4),
      reference,
    );
  });
});

test('the anchors of SSD-MobileNet are those that its file lists for 512 pixels', () => {
  const listed = weightOf(faceApiWeights('ssd_mobilenetv1_model'), 'Output/extra_dim').values;
  let anchor = 0;
  let farthest = 0;
  for (const { stride, sizes } of ssdMobilenetMaps) {
    const columns = 512 / stride;
    for (let cell = 0; cell < columns ** 2; cell++) {
      const [x, y] = [stride * ((cell % columns) + 0.5), stride * (Math.floor(cell / columns) + 0.5)];
      for (const [width, height] of sizes) {
        const ours = [y - height / 2, x - width / 2, y + height / 2, x + width / 2];
        ours.forEach((edge, i) => (farthest = Math.max(farthest, Math.abs(edge - 512 * listed[4 * anchor + i]!))));
        anchor++;
      }
    }
  }
  expect(4 * anchor).toBe(listed.length);
  expect(farthest).toBeLessThan(0.05);
});
