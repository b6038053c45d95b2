import { Failure } from '../../../../contract/errors.ts';
import { tensorType, type OnnxTensor } from '../../onnx/schema.ts';
import { floatsOf } from '../../onnx/tensor-data.ts';

/** Numbers that the file holds: floats, or whole numbers such as shapes. Row-major. */
export type Constant =
  | { readonly kind: 'floats'; readonly dims: readonly number[]; readonly values: Float32Array }
  | { readonly kind: 'integers'; readonly dims: readonly number[]; readonly values: readonly number[] };

/** A tensor of 64-bit floats: the type number is ONNX's. */
const float64 = 11;

/**
 * Reads a tensor of an ONNX file. Nothing is allocated before its size and its bytes agree.
 * @throws {Failure} `model-damaged`, also for values that are no numbers; `model-failed` for an element type that
 * is not supported
 */
export function readConstant(tensor: OnnxTensor): Constant {
  const { dims } = tensor;
  const length = dims.reduce((product, size) => product * size, 1);
  if (tensor.dataType === tensorType.int64 || tensor.dataType === tensorType.int32) {
    return { kind: 'integers', dims, values: checkLength(tensor, integersIn(tensor), length) };
  }
  const values = Float32Array.from(checkLength(tensor, floatsIn(tensor), length));
  if (!values.every(Number.isFinite)) throw damaged(tensor, 'holds values that are no numbers');
  return { kind: 'floats', dims, values };
}

function integersIn(tensor: OnnxTensor): readonly number[] {
  const raw = tensor.rawData;
  const wide = tensor.dataType === tensorType.int64;
  if (!raw?.length) return (wide ? tensor.int64Data : tensor.int32Data) ?? [];
  const view = viewOf(raw);
  return wide
    ? Array.from({ length: raw.length / 8 }, (_, i) => Number(view.getBigInt64(8 * i, true)))
    : Array.from({ length: raw.length / 4 }, (_, i) => view.getInt32(4 * i, true));
}

function floatsIn(tensor: OnnxTensor): ArrayLike<number> & Iterable<number> {
  const raw = tensor.rawData;
  switch (tensor.dataType) {
    case tensorType.float:
      return floatsOf(tensor) ?? [];
    case tensorType.uint8:
      return raw?.length ? raw : (tensor.int32Data ?? []);
    case float64: {
      if (!raw) return [];
      const view = viewOf(raw);
      return Array.from({ length: raw.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
    }
    default:
      throw new Failure(
        'model-failed',
        `The tensor ${tensor.name ?? ''} has an element type (${tensor.dataType}) that TensorFlow.js does not run here.`,
      );
  }
}

function checkLength<T extends ArrayLike<number>>(tensor: OnnxTensor, values: T, length: number): T {
  if (values.length !== length) throw damaged(tensor, `claims ${length} values and holds ${values.length}`);
  return values;
}

function damaged(tensor: OnnxTensor, what: string): Failure {
  return new Failure('model-damaged', `The tensor ${tensor.name ?? ''} ${what}. Install the model again.`);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
