import { Failure } from '../../../contract/errors.ts';
import { checkGraph } from '../onnx/check-graph.ts';
import { decodeModel, encodeModel } from '../onnx/codec.ts';
import { attributeType, type OnnxModel } from '../onnx/schema.ts';
import { spreadPrelu } from '../onnx/spread-prelu.ts';

/**
 * A model as ONNX Runtime runs it fastest on this processor; the file itself where nothing is to be gained. What cannot
 * be read here, and what the format has beyond our schema, goes to ONNX Runtime as it is.
 */
export function graphForOrt(bytes: Uint8Array, arch: NodeJS.Architecture = process.arch): Uint8Array {
  // A large file without the operator is not taken apart for nothing.
  if (arch !== 'x64' || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('PRelu') < 0)
    return bytes;
  const model = readWhole(bytes);
  return model ? encodeModel(spreadPrelu(model)) : bytes;
}

/** Nothing where a part of the model would be lost on the way. */
function readWhole(bytes: Uint8Array): OnnxModel | undefined {
  try {
    const model = decodeModel(bytes);
    checkGraph(model);
    const known = new Set<number>(Object.values(attributeType));
    const isWhole = model.graph.node.every(({ attribute }) => attribute.every(({ type }) => known.has(type)));
    return isWhole ? model : undefined;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
