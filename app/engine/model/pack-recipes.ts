import { basename } from 'node:path';

import { readDlibWeights } from './networks/dlib-dat.ts';
import { emitDlibResnet } from './networks/dlib-resnet.ts';
import { emitFaceNet } from './networks/facenet.ts';
import { emitONet, emitPNet, emitRNet } from './networks/mtcnn.ts';
import { readNpy } from './networks/npy.ts';
import { emitSsdMobilenet } from './networks/ssd-mobilenet.ts';
import { emitTinyFace } from './networks/tiny-face.ts';
import { cutUltraLight } from './networks/ultra-light.ts';
import { givenWeights } from './networks/weight-source.ts';
import { readTfjsWeights, type Weights } from './networks/weights.ts';
import { decodeModel, encodeModel } from './onnx/codec.ts';
import { freeBatch } from './onnx/edit.ts';

/** The files of the sources, by name. @throws where there is none of that name */
export interface Sources {
  readonly names: readonly string[];
  read(name: string): Uint8Array;
}

/** The files of a pack, by name. */
export type PackFiles = Readonly<Record<string, Uint8Array>>;

/** How each pack is made of its sources. The same sources always give the same bytes. */
export const packRecipes: Readonly<Record<string, (sources: Sources) => PackFiles>> = {
  'fr-feature': (sources) => ({
    'model.onnx': encodeModel(freeBatch(decodeModel(sources.read('package/model/fr_feature.onnx')))),
  }),
  mtcnn: (sources) => {
    const weights = mtcnnWeights(sources);
    return {
      'pnet.onnx': encodeModel(emitPNet(weights)),
      'rnet.onnx': encodeModel(emitRNet(weights)),
      'onet.onnx': encodeModel(emitONet(weights)),
    };
  },
  'ultra-light': (sources) => ({
    'ultra-light.onnx': encodeModel(cutUltraLight(decodeModel(sources.read('package/model/fr_detect.onnx')))),
    'onet.onnx': encodeModel(emitONet(mtcnnWeights(sources))),
  }),
  'ssd-mobilenet': (sources) => ({
    'ssd-mobilenet.onnx': encodeModel(emitSsdMobilenet(faceApiWeights(sources, 'ssd_mobilenetv1_model'))),
    'onet.onnx': encodeModel(emitONet(mtcnnWeights(sources))),
  }),
  'tiny-face': (sources) => ({
    'tiny-face.onnx': encodeModel(emitTinyFace(faceApiWeights(sources, 'tiny_face_detector_model'))),
    'onet.onnx': encodeModel(emitONet(mtcnnWeights(sources))),
  }),
  'dlib-resnet': (sources) => {
    const weights = readDlibWeights(sources.read('package/models/dlib_face_recognition_resnet_model_v1.dat'));
    return { 'model.onnx': encodeModel(emitDlibResnet(givenWeights(weights))) };
  },
  sface: (sources) => ({ 'model.onnx': sources.read('face_recognition_sface_2021dec.onnx') }),
  facenet: (sources) => {
    const weights = new Map(sources.names.map((name) => [basename(name, '.npy'), readNpy(sources.read(name))]));
    return { 'model.onnx': encodeModel(emitFaceNet(givenWeights(weights), 512)) };
  },
};

function mtcnnWeights(sources: Sources): Weights {
  return tfjsWeights(
    sources,
    'package/weights/mtcnn_model-weights_manifest.json',
    'package/weights/mtcnn_model-shard1',
  );
}

function faceApiWeights(sources: Sources, model: string): Weights {
  return tfjsWeights(sources, `package/model/${model}-weights_manifest.json`, `package/model/${model}.bin`);
}

function tfjsWeights(sources: Sources, manifest: string, shard: string): Weights {
  return readTfjsWeights(JSON.parse(new TextDecoder().decode(sources.read(manifest))), sources.read(shard));
}
