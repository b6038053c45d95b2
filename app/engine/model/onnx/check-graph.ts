import { Failure } from '../../../contract/errors.ts';
import { tensorType, type OnnxGraph, type OnnxModel, type OnnxTensor } from './schema.ts';

/** Bytes of an element of the kinds of tensor that models hold (ONNX's `TensorProto.DataType`). */
const widthOf: Readonly<Record<number, number>> = {
  [tensorType.float]: 4,
  [tensorType.uint8]: 1,
  3: 1,
  4: 2,
  5: 2,
  [tensorType.int32]: 4,
  [tensorType.int64]: 8,
  9: 1,
  10: 2,
  11: 8,
  12: 4,
  13: 8,
  16: 2,
};

/**
 * Refuses a model of which no runtime could make sense, before one tries: values that need each other, weights that
 * are not in the file or no numbers.
 * @throws {Failure} `model-damaged`
 */
export function checkGraph({ graph }: OnnxModel): void {
  for (const tensor of graph.initializer) checkTensor(tensor);
  checkOrder(graph);
}

function checkTensor(tensor: OnnxTensor): void {
  const name = tensor.name ?? 'without a name';
  const count = tensor.dims.reduce((product, size) => product * size, 1);
  const width = widthOf[tensor.dataType];
  if (width === undefined || tensor.dims.some((size) => size < 0)) {
    throw new Failure('model-damaged', `The weight ${name} of the model is of a kind that is not understood.`);
  }
  const held = elementsOf(tensor, width);
  if (held !== count) {
    const claim = `claims ${megabytes(count * width)} and the file holds ${megabytes(held * width)} of it`;
    throw new Failure('model-damaged', `The weight ${name} ${claim}. Get the file again.`);
  }
  if (tensor.dataType === tensorType.float && !isFinite(tensor)) {
    throw new Failure('model-damaged', `The weight ${name} of the model holds values that are no numbers.`);
  }
}

function elementsOf({ rawData, floatData, int32Data, int64Data }: OnnxTensor, width: number): number {
  if (rawData && rawData.length > 0) return rawData.length / width;
  return Math.max(floatData?.length ?? 0, int32Data?.length ?? 0, int64Data?.length ?? 0);
}

function isFinite({ rawData, floatData = [] }: OnnxTensor): boolean {
  if (!rawData || rawData.length === 0) return floatData.every((value) => Number.isFinite(value));
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  for (let at = 0; at + 4 <= rawData.length; at += 4) if (!Number.isFinite(view.getFloat32(at, true))) return false;
  return true;
}

/** Nodes may be stored in any order, but each must be reached from the inputs and the weights. */
function checkOrder(graph: OnnxGraph): void {
  const known = new Set([
    '',
    ...graph.input.map(({ name }) => name),
    ...graph.initializer.map(({ name }) => name ?? ''),
  ]);
  let waiting = graph.node;
  while (waiting.length > 0) {
    const left = waiting.filter((node) => {
      if (node.input.some((value) => !known.has(value))) return true;
      for (const value of node.output) known.add(value);
      return false;
    });
    if (left.length === waiting.length) throw circle(left, known);
    waiting = left;
  }
  for (const { name } of graph.output) {
    if (!known.has(name)) throw new Failure('model-damaged', `Nothing in the model gives its output ${name}.`);
  }
}

function circle(left: OnnxGraph['node'], known: ReadonlySet<string>): Failure {
  const waitedFor = new Set(left.flatMap(({ output }) => output));
  const absent = left.flatMap(({ input }) => input).find((value) => !known.has(value) && !waitedFor.has(value));
  const why =
    absent === undefined ? 'its operators wait for each other in a circle' : `nothing gives the value ${absent}`;
  return new Failure('model-damaged', `The model cannot be run: ${why}. Export it again.`);
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes)} bytes` : `${(bytes / 1e6).toFixed(0)} MB`;
}
