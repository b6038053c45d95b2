import { Failure } from '../../../../contract/errors.ts';
import type { Attributes } from './attributes.ts';
import type { TfjsBackend } from './backend.ts';
import type { Constant } from './constant.ts';
import type { Activation } from './graph.ts';
import type { IntegersValue, TensorValue, Value } from './value.ts';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * How one kind of ONNX operator is run. It looks at a node when the model is loaded: reads its attributes, takes the
 * constants that it wants in a form of its own, refuses what it cannot do; and gives the function that runs it.
 * That function is called inside `tf.tidy` and never returns a tensor that it was given.
 */
export type Operator = (node: OperatorNode) => Run;
export type Run = (inputs: Inputs) => Value;

export interface OperatorNode {
  readonly op: string;
  /** What messages call it. */
  readonly name: string;
  readonly opset: number;
  readonly backend: TfjsBackend;
  readonly attributes: Attributes;
  readonly activation: Activation | undefined;
  /** Whether the node has this input at all. */
  has(input: number): boolean;
  /** A constant that the operator keeps for itself: it will not be among the inputs of a run. */
  take(input: number): Constant | undefined;
  /** Keeps a tensor for as long as the model is loaded. */
  keep<T extends Tensor>(tensor: T): T;
  /** @throws {Failure} `model-failed`, by the operator's name */
  refuse(what: string): never;
}

/** What a run is given. */
export interface Inputs {
  readonly count: number;
  /** @throws {Failure} `model-failed` where the value is missing */
  value(input: number): Value;
  /** @throws {Failure} `model-failed` where there is no tensor */
  tensor(input: number): TensorValue;
  /** @throws {Failure} `model-failed` where there are no whole numbers */
  integers(input: number): IntegersValue;
}

export function inputsOf(name: string, values: readonly (Value | undefined)[]): Inputs {
  const value = (input: number): Value => {
    const found = values[input];
    if (!found) throw new Failure('model-failed', `${name} lacks its input ${input + 1}.`);
    return found;
  };
  const wrong = (input: number, wanted: string): Failure =>
    new Failure('model-failed', `TensorFlow.js runs ${name} only with ${wanted} as input ${input + 1} here.`);
  return {
    count: values.length,
    value,
    tensor: (input) => {
      const found = value(input);
      if (found.kind !== 'tensor') throw wrong(input, 'floats');
      return found;
    },
    integers: (input) => {
      const found = value(input);
      if (found.kind !== 'integers') throw wrong(input, 'whole numbers');
      return found;
    },
  };
}

/** A constant of floats that the operator cannot do without. */
export function takeFloats(node: OperatorNode, input: number): { dims: readonly number[]; values: Float32Array } {
  const constant = node.take(input);
  if (constant?.kind !== 'floats') return node.refuse(`input ${input + 1} that is not a constant of floats`);
  return constant;
}

/** A list of whole numbers: an attribute in old operator sets, an input in newer ones. */
export function integerList(
  node: OperatorNode,
  attribute: string,
  input: number,
): (inputs: Inputs) => readonly number[] {
  const given = node.attributes.integers(attribute);
  if (given) return () => given;
  if (!node.has(input)) return node.refuse(`no ${attribute}`);
  return (inputs) => inputs.integers(input).values;
}
