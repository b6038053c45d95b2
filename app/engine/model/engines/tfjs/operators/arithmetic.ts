import * as tf from '@tensorflow/tfjs-core';

import type { Operator } from '../operator.ts';
import { integersValue, type IntegersValue } from '../value.ts';
import { align } from './broadcast.ts';

type Binary = (left: tf.Tensor, right: tf.Tensor) => tf.Tensor;

/** An operator on two values that broadcast. Two lists of whole numbers are worked out here. */
function binary(floats: Binary, integers: (left: number, right: number) => number): Operator {
  return (node) => (inputs) => {
    const [first, second] = [inputs.value(0), inputs.value(1)];
    if (first.kind === 'integers' && second.kind === 'integers') return integerResult(first, second, integers);
    if (first.kind === 'integers' || second.kind === 'integers') return node.refuse('whole numbers among floats');
    const { left, right, result } = align(first, second);
    return result(floats(left, right));
  };
}

function integerResult(
  first: IntegersValue,
  second: IntegersValue,
  combine: (left: number, right: number) => number,
): IntegersValue {
  const [longer, shorter] = first.values.length >= second.values.length ? [first, second] : [second, first];
  const at = ({ values }: IntegersValue, i: number): number => values[values.length === 1 ? 0 : i] ?? 0;
  const values = longer.values.map((_, i) => combine(at(first, i), at(second, i)));
  return integersValue(values, longer.dims.length >= shorter.dims.length ? longer.dims : shorter.dims);
}

function unary(apply: (x: tf.Tensor) => tf.Tensor): Operator {
  return () => (inputs) => {
    const { tensor, layout } = inputs.tensor(0);
    return { kind: 'tensor', layout, tensor: apply(tensor) };
  };
}

/** Any number of values. */
function many(combine: Binary): Operator {
  return () => (inputs) => {
    let total = inputs.tensor(0);
    for (let i = 1; i < inputs.count; i++) {
      const { left, right, result } = align(total, inputs.tensor(i));
      total = result(combine(left, right));
    }
    return { ...total, tensor: total.tensor.clone() };
  };
}

/** Operators that treat each number by itself. */
export const arithmetic: Readonly<Record<string, Operator>> = {
  Add: binary(tf.add, (left, right) => left + right),
  Sub: binary(tf.sub, (left, right) => left - right),
  Mul: binary(tf.mul, (left, right) => left * right),
  Div: binary(tf.div, (left, right) => Math.trunc(left / right)),
  Pow: binary(tf.pow, (left, right) => left ** right),
  Max: many(tf.maximum),
  Min: many(tf.minimum),
  Sum: many(tf.add),
  Relu: unary(tf.relu),
  Sigmoid: unary(tf.sigmoid),
  Tanh: unary(tf.tanh),
  Exp: unary(tf.exp),
  Log: unary(tf.log),
  Sqrt: unary(tf.sqrt),
  Abs: unary(tf.abs),
  Neg: unary(tf.neg),
};
