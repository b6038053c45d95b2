import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { openOrt } from '../../../../../app/engine/model/engines/ort.ts';
import { openTfjs } from '../../../../../app/engine/model/engines/tfjs/open-tfjs.ts';
import { operators } from '../../../../../app/engine/model/engines/tfjs/operators.ts';
import type { NetworkTensor } from '../../../../../app/engine/model/network.ts';
import { emitDlibResnet } from '../../../../../app/engine/model/networks/dlib-resnet.ts';
import { emitFaceNet } from '../../../../../app/engine/model/networks/facenet.ts';
import { emitSsdMobilenet } from '../../../../../app/engine/model/networks/ssd-mobilenet.ts';
import { emitTinyFace } from '../../../../../app/engine/model/networks/tiny-face.ts';
import { givenWeights } from '../../../../../app/engine/model/networks/weight-source.ts';
import { decodeModel, encodeModel } from '../../../../../app/engine/model/onnx/codec.ts';
import type { OnnxModel } from '../../../../../app/engine/model/onnx/schema.ts';
import { faceApiWeights } from '../../../../factories/face-api-weights.ts';
import { readRoundedDlib } from '../../../../factories/rounded-dlib.ts';
import { demoPhotos } from '../../../../fixtures/photos.ts';
import { loadableBackends } from './loadable-backends.ts';

const packsDir = join(import.meta.dirname, '../../../../../resources/models/packs');
const backends = await loadableBackends();

interface Network {
  readonly model: () => Uint8Array;
  /** Batch, height and width of RGB bytes for a detector's network; batch and side of planes of floats for an embedder. */
  readonly bytes?: readonly [number, number, number];
  readonly planes?: readonly [number, number];
}
const file = (path: string) => once(() => readFileSync(join(packsDir, path)));
const emitted = (emit: () => OnnxModel) => once(() => encodeModel(emit()));

function once(make: () => Uint8Array): () => Uint8Array {
  let made: Uint8Array | undefined;
  return () => (made ??= make());
}

/** Every network of the catalogue, from weights that are always at hand. */
const networks: Readonly<Record<string, Network>> = {
  'MTCNN, P-Net': { model: file('mtcnn/pnet.onnx'), bytes: [2, 90, 120] },
  'MTCNN, R-Net': { model: file('mtcnn/rnet.onnx'), bytes: [3, 24, 24] },
  'MTCNN, O-Net': { model: file('mtcnn/onet.onnx'), bytes: [3, 48, 48] },
  'Ultra-Light': { model: file('ultra-light/ultra-light.onnx'), bytes: [1, 180, 320] },
  'SSD-MobileNet': {
    model: emitted(() => emitSsdMobilenet(faceApiWeights('ssd_mobilenetv1_model'))),
    bytes: [1, 192, 256],
  },
  'tiny face detector': {
    model: emitted(() => emitTinyFace(faceApiWeights('tiny_face_detector_model'))),
    bytes: [1, 224, 320],
  },
  MobileFaceNet: { model: file('fr-feature/model.onnx'), planes: [2, 112] },
  'dlib ResNet, rounded weights': {
    model: emitted(() => emitDlibResnet(givenWeights(readRoundedDlib()))),
    planes: [2, 150],
  },
};

/** A photo of a group, over and over where there are several. */
async function pictureFor({ bytes, planes }: Network): Promise<NetworkTensor> {
  const [count, height, width] = bytes ?? [planes![0], planes![1], planes![1]];
  const rgb = await sharp(demoPhotos[3]).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
  const all = new Uint8Array(Buffer.concat(Array.from({ length: count }, () => rgb)));
  if (bytes) return { data: all, dims: [count, height, width, 3] };
  return { data: Float32Array.from(all, (value) => (value - 127.5) / 128), dims: [count, 3, height, width] };
}

describe.each(backends)('the networks of the catalogue on %s TensorFlow.js', (backend) => {
  it.each(Object.entries(networks))('give what ONNX Runtime gives: %s', async (_, network) => {
    const model = network.model();
    const [ort, tfjs] = [await openOrt(model, 1), await openTfjs(model, backend)];
    const inputs = { [ort.inputs[0]!]: await pictureFor(network) };
    const [expected, found] = [await ort.run(inputs), await tfjs.run(inputs)];
    await Promise.all([ort.close(), tfjs.close()]);
    expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [name, { data, dims }] of expected) {
      const other = found.get(name)!;
      expect(other.dims).toEqual(dims);
      // Scores are 0 to 1, shifts and embeddings up to a few: a share of the largest, at least of 1.
      const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      const apart = data.reduce((most, value, i) => Math.max(most, Math.abs(value - other.data[i]!)), 0);
      expect(apart / largest, name).toBeLessThan(1e-4);
    }
  });
});

/** FaceNet's numbers are held against the reference vectors; here its weights do not matter. */
const faceNet = (): OnnxModel =>
  emitFaceNet((_, dims) => ({ dims: [...dims], values: new Float32Array(dims.reduce((a, b) => a * b, 1)) }), 512);

it.each<[string, () => OnnxModel]>([
  ...Object.entries(networks).map(([name, { model }]): [string, () => OnnxModel] => [name, () => decodeModel(model())]),
  ['FaceNet', faceNet],
])('every operator of the network is on the list: %s', (_, model) => {
  const wanted = model().graph.node.map(({ opType }) => opType);
  // Constants are read with the file.
  const lacking = wanted.filter((name) => name !== 'Constant' && !Object.hasOwn(operators, name));
  expect(lacking).toEqual([]);
});
