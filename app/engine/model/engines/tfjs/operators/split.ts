import * as tf from '@tensorflow/tfjs-core';

import type { Operator } from '../operator.ts';
import { partAttributes } from '../split-parts.ts';
import { axisIn, dimsOf } from '../value.ts';

/** One part of a value along an axis. Lengths are an attribute up to operator set 12, an input later, or all the same. */
export const split: Operator = (node) => {
  const { attributes } = node;
  const axis = attributes.integer('axis', 0);
  const part = attributes.integer(partAttributes.part, 0);
  const parts = attributes.integer(partAttributes.parts, 1);
  const given = attributes.integers('split');
  attributes.integer('num_outputs', parts);
  return (inputs) => {
    const value = inputs.tensor(0);
    const total = dimsOf(value).at(axis) ?? 0;
    // The last of equal parts is what is left.
    const equal = Math.ceil(total / parts);
    const lengths = given ?? (node.has(1) ? inputs.integers(1).values : undefined);
    const start = lengths ? lengths.slice(0, part).reduce((sum, length) => sum + length, 0) : equal * part;
    const length = lengths?.[part] ?? Math.min(equal, total - start);
    const { shape } = value.tensor;
    const [begin, size] = [shape.map(() => 0), [...shape]];
    begin[axisIn(value, axis)] = start;
    size[axisIn(value, axis)] = length;
    return { ...value, tensor: tf.slice(value.tensor, begin, size) };
  };
};
