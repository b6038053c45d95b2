/**
 * The same with @vladmandic/face-api as its own examples do it: SSD-MobileNet, 68 landmarks, descriptors, one photo
 * after the other. The argument chooses native TensorFlow (`native`, JPEGs decoded by it) or `wasm` (decoded by sharp).
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import util from 'node:util';

import type * as FaceApi from '@vladmandic/face-api';
import sharp from 'sharp';

import { demoPhotos } from '../../test/fixtures/photos.ts';
import { serveRounds, type Box } from './peer.ts';

interface Tensor {
  readonly shape: readonly [height: number, width: number, channels: number];
  dispose(): void;
}
interface Tf {
  readonly node: { decodeImage(bytes: Uint8Array, channels: number): Tensor };
  tensor3d(data: Uint8Array, shape: [number, number, number], type: 'int32'): Tensor;
  setBackend(name: string): Promise<boolean>;
}

const require = createRequire(import.meta.url);
const native = process.argv[2] === 'native';
// tfjs-node calls two old functions: Node 23 removed one, and warns of the other.
Object.assign(util, {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
});
const faceApi = require(`@vladmandic/face-api/dist/face-api.node-${native ? 'gpu' : 'wasm'}.js`) as typeof FaceApi & {
  readonly tf: Tf;
};
const { tf, nets } = faceApi;
if (!native) {
  const wasm = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(path: string): void };
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
}
await tf.setBackend(native ? 'tensorflow' : 'wasm');
const models = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');
for (const net of [nets.ssdMobilenetv1, nets.faceLandmark68Net, nets.faceRecognitionNet]) {
  await net.loadFromDisk(models);
}

serveRounds(demoPhotos, async (photos) => {
  const faces: Box[][] = [];
  for (const path of photos) faces.push(await lookAt(path));
  return faces;
});

async function lookAt(path: string): Promise<Box[]> {
  const picture = native ? tf.node.decodeImage(await readFile(path), 3) : await decodeWithSharp(path);
  const [height, width] = picture.shape;
  const options = new faceApi.SsdMobilenetv1Options({ minConfidence: 0.5 });
  const found = await faceApi.detectAllFaces(picture, options).withFaceLandmarks().withFaceDescriptors();
  picture.dispose();
  return found.map(({ detection: { box } }) => [box.x / width, box.y / height, box.width / width, box.height / height]);
}

async function decodeWithSharp(path: string): Promise<Tensor> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return tf.tensor3d(data, [info.height, info.width, 3], 'int32');
}
