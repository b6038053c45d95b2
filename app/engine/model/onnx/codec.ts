import protobuf from 'protobufjs';

import { Failure } from '../../../contract/errors.ts';
import { checkIntegers } from './check-integers.ts';
import { onnxDescriptor, type OnnxModel } from './schema.ts';

const modelType = protobuf.Root.fromJSON(onnxDescriptor).lookupType('Model');

/**
 * Reads an ONNX file. What the schema here does not describe is left out.
 * @throws {Failure} `model-damaged`
 */
export function decodeModel(bytes: Uint8Array): OnnxModel {
  const model = readModel(bytes);
  checkIntegers(model);
  return model;
}

function readModel(bytes: Uint8Array): OnnxModel {
  try {
    const message = modelType.decode(bytes);
    const model = modelType.toObject(message, { longs: Number, arrays: true }) as Partial<OnnxModel>;
    if (!model.graph || !model.opsetImport?.length) throw new Error('it has no graph');
    return model as OnnxModel;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('model-damaged', `this is not a readable ONNX file: ${why}`, { cause: error });
  }
}

/** Writes a model as the bytes of an ONNX file. The same model always gives the same bytes. */
export function encodeModel(model: OnnxModel): Uint8Array {
  return modelType.encode(modelType.fromObject(model)).finish();
}
