import { Failure } from '../../../contract/errors.ts';
import { tensorType, type OnnxModel, type OnnxTensor } from './schema.ts';
import { integersOf } from './tensor-data.ts';

/** ONNX writes "to the end" as the largest or smallest 64-bit number, which a double rounds to ±2⁶³ and gives back. */
const end = 2 ** 63;

/**
 * 64-bit whole numbers become doubles, which are exact up to 2⁵³: a model with larger ones would be read as another
 * model.
 * @throws {Failure} `model-damaged`
 */
export function checkIntegers({ irVersion, opsetImport, graph }: OnnxModel): void {
  check([irVersion, ...opsetImport.map(({ version }) => version)], 'its version');
  for (const tensor of graph.initializer) checkTensor(tensor);
  for (const node of graph.node) {
    for (const { name, i = 0, ints = [], t } of node.attribute) {
      check([i], `${name} of ${node.opType}`);
      check(ints, `${name} of ${node.opType}`);
      if (t) checkTensor({ name, ...t });
    }
  }
  for (const { name, type } of [...graph.input, ...graph.output]) {
    check(type?.tensorType?.shape?.dim.map(({ dimValue = 0 }) => dimValue) ?? [], `the size of ${name}`);
  }
}

function checkTensor(tensor: OnnxTensor): void {
  const { name = 'without a name', dims, dataType } = tensor;
  check(dims, `the size of ${name}`);
  if (dataType === tensorType.int64) check(integersOf(tensor), `the tensor ${name}`);
}

function check(values: readonly number[], where: string): void {
  const wrong = values.find((value) => !Number.isSafeInteger(value) && Math.abs(value) !== end);
  if (wrong === undefined) return;
  throw new Failure('model-damaged', `The model has a number beyond 2^53 in ${where}. Export it again.`);
}
