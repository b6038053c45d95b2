import * as tf from '@tensorflow/tfjs-core';

import { type Operator, type OperatorNode } from '../operator.ts';
import { asPlain, plainValue } from '../value.ts';

/** alpha × A·B + beta × C. Constants are scaled and turned when the model is loaded: a turned product is slow. */
export const gemm: Operator = (node) => {
  const { attributes } = node;
  const [alpha, beta] = [attributes.float('alpha', 1), attributes.float('beta', 1)];
  const [turnsA, turnsB] = [attributes.integer('transA', 0) !== 0, attributes.integer('transB', 0) !== 0];
  const weights = scaledConstant(node, 1, alpha, turnsB);
  const bias = node.has(2) ? scaledConstant(node, 2, beta, false) : undefined;
  return (inputs) => {
    const a = asPlain(inputs.tensor(0));
    const b = weights ?? tf.mul(turned(asPlain(inputs.tensor(1)), turnsB), alpha);
    const product = tf.matMul(turned(a, turnsA), b);
    if (!node.has(2)) return plainValue(product);
    return plainValue(tf.add(product, bias ?? tf.mul(asPlain(inputs.tensor(2)), beta)));
  };
};

export const matMul: Operator = () => (inputs) => {
  const [a, b] = [asPlain(inputs.tensor(0)), asPlain(inputs.tensor(1))];
  return plainValue(tf.matMul(a, b));
};

function scaledConstant(node: OperatorNode, input: number, factor: number, turns: boolean): tf.Tensor | undefined {
  const constant = node.take(input);
  if (!constant) return undefined;
  if (constant.kind !== 'floats') return node.refuse('whole numbers');
  const { values, dims } = constant;
  return node.keep(tf.tidy(() => turned(tf.mul(tf.tensor(values, [...dims]), factor), turns)));
}

function turned(matrix: tf.Tensor, turns: boolean): tf.Tensor {
  return turns ? tf.transpose(matrix, [1, 0]) : matrix;
}
