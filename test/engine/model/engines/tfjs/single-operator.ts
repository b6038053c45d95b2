import type { OnnxAttribute, OnnxModel, OnnxTensor } from '../../../../../app/engine/model/onnx/schema.ts';
import { attributeType, tensorType } from '../../../../../app/engine/model/onnx/schema.ts';
import { floatTensor, integerTensor } from '../../../../../app/engine/model/onnx/tensor-data.ts';

/** Text, a float (written `{ float }`), a whole number or a list of them. */
export type AttributeValue = string | number | readonly number[] | { readonly float: number };

/** An input of the graph, a constant of floats, a constant of whole numbers, or one that is left out. */
export type Argument =
  | { readonly input: readonly number[] }
  | { readonly floats: readonly number[]; readonly values?: readonly number[] }
  | { readonly integers: readonly number[] }
  | undefined;

export interface SingleOperator {
  readonly op: string;
  readonly arguments: readonly Argument[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly opset?: number;
  /** How many values it gives: `y`, and then `y1` and so on. */
  readonly outputs?: number;
  /** Numbers for inputs and constants. */
  readonly random: () => number;
}

export interface SingleOperatorModel {
  readonly model: OnnxModel;
  readonly inputs: Readonly<Record<string, { data: Float32Array; dims: number[] }>>;
}

/** A graph of one operator with random numbers, and the inputs to run it with. */
export function singleOperator({
  op,
  arguments: given,
  attributes = {},
  opset = 13,
  outputs = 1,
  random,
}: SingleOperator): SingleOperatorModel {
  const inputs: Record<string, { data: Float32Array; dims: number[] }> = {};
  const initializer: OnnxTensor[] = [];
  const names = given.map((argument, i) => {
    if (!argument) return '';
    const name = `x${i}`;
    if ('integers' in argument) initializer.push(integerTensor(name, argument.integers, [argument.integers.length]));
    else if ('floats' in argument) {
      const values = argument.values ? Float32Array.from(argument.values) : randomFloats(argument.floats, random);
      initializer.push(floatTensor(name, values, argument.floats));
    } else inputs[name] = { data: randomFloats(argument.input, random), dims: [...argument.input] };
    return name;
  });
  const results = Array.from({ length: outputs }, (_, i) => (i === 0 ? 'y' : `y${i}`));
  const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
  const value = (name: string, dims?: readonly number[]) => ({
    name,
    type: {
      tensorType: {
        elemType: tensorType.float,
        ...(dims && { shape: { dim: dims.map((dimValue) => ({ dimValue })) } }),
      },
    },
  });
  return {
    inputs,
    model: {
      irVersion: 7,
      opsetImport: [{ version: opset }],
      graph: {
        name: op,
        node: [{ name: '', opType: op, input: names, output: results, attribute }],
        initializer,
        input: Object.entries(inputs).map(([name, { dims }]) => value(name, dims)),
        output: results.map((name) => value(name)),
      },
    },
  };
}

export function randomFloats(dims: readonly number[], random: () => number): Float32Array {
  return Float32Array.from({ length: dims.reduce((product, size) => product * size, 1) }, () => 2 * random() - 1);
}

function attributeOf(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === 'string') return { name, type: attributeType.string, s: new TextEncoder().encode(value) };
  if (typeof value === 'number') return { name, type: attributeType.int, i: value };
  if ('float' in value) return { name, type: attributeType.float, f: value.float };
  return { name, type: attributeType.ints, ints: [...value] };
}
