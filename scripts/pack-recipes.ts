import { emitONet, emitPNet, emitRNet } from '../app/engine/model/networks/mtcnn.ts';
import { cutUltraLight } from '../app/engine/model/networks/ultra-light.ts';
import { readTfjsWeights, type Weights } from '../app/engine/model/networks/weights.ts';
import { decodeModel, encodeModel } from '../app/engine/model/onnx/codec.ts';
import { freeBatch } from '../app/engine/model/onnx/edit.ts';

/** Gives the bytes of a file of the sources. */
export type Source = (path: string) => Uint8Array;

/** How each pack is made of its sources: file name → bytes. The same sources always give the same bytes. */
export const packRecipes: Readonly<Record<string, (source: Source) => Readonly<Record<string, Uint8Array>>>> = {
  'fr-feature': (source) => ({
    'model.onnx': encodeModel(freeBatch(decodeModel(source('package/model/fr_feature.onnx')))),
  }),
  mtcnn: (source) => {
    const weights = mtcnnWeights(source);
    return {
      'pnet.onnx': encodeModel(emitPNet(weights)),
      'rnet.onnx': encodeModel(emitRNet(weights)),
      'onet.onnx': encodeModel(emitONet(weights)),
    };
  },
  'ultra-light': (source) => {
    const weights = mtcnnWeights(source);
    return {
      'ultra-light.onnx': encodeModel(cutUltraLight(decodeModel(source('package/model/fr_detect.onnx')))),
      'rnet.onnx': encodeModel(emitRNet(weights)),
      'onet.onnx': encodeModel(emitONet(weights)),
    };
  },
};

function mtcnnWeights(source: Source): Weights {
  const description = new TextDecoder().decode(source('package/weights/mtcnn_model-weights_manifest.json'));
  return readTfjsWeights(JSON.parse(description), source('package/weights/mtcnn_model-shard1'));
}
