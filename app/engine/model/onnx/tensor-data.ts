import { Failure } from '../../../contract/errors.ts';
import { tensorType, type OnnxTensor } from './schema.ts';

/** Elements of a tensor of 64-bit integers, such as a shape. */
export function integersOf(tensor: OnnxTensor): number[] {
  if (tensor.dataType !== tensorType.int64) {
    throw new Failure('model-damaged', `the tensor ${tensor.name ?? ''} does not hold whole numbers`);
  }
  if (!tensor.rawData?.length) return tensor.int64Data ?? [];
  const view = viewOf(tensor.rawData);
  return Array.from({ length: tensor.rawData.length / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
}

/** A tensor of 64-bit integers. */
export function integerTensor(name: string, values: readonly number[], dims: readonly number[]): OnnxTensor {
  const rawData = new Uint8Array(8 * values.length);
  const view = viewOf(rawData);
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
  return { name, dims: [...dims], dataType: tensorType.int64, rawData };
}

/** Elements of a tensor of 32-bit floats; undefined for another kind. */
export function floatsOf({ dataType, rawData, floatData }: OnnxTensor): Float32Array<ArrayBuffer> | undefined {
  if (dataType !== tensorType.float) return undefined;
  if (!rawData?.length) return Float32Array.from(floatData ?? []);
  // The bytes are copied, because a Float32Array has to start at a multiple of four.
  return new Float32Array(new Uint8Array(rawData).buffer, 0, Math.floor(rawData.length / 4));
}

/** A tensor of 32-bit floats. */
export function floatTensor(name: string, values: Float32Array, dims: readonly number[]): OnnxTensor {
  const rawData = new Uint8Array(4 * values.length);
  const view = viewOf(rawData);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return { name, dims: [...dims], dataType: tensorType.float, rawData };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
