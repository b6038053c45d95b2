import * as tf from '@tensorflow/tfjs-core';

import type { Operator } from '../operator.ts';
import { align } from './broadcast.ts';

/** x where x > 0, else slope × x. Slopes of at most 1 make that the larger of the two. */
export function prelu(slopes: Float32Array | undefined): <T extends tf.Tensor>(x: T, slope: tf.Tensor) => T {
  if (slopes?.every((slope) => slope <= 1)) return (x, slope) => tf.maximum(x, tf.mul(x, slope));
  return (x, slope) => tf.add(tf.relu(x), tf.mul(tf.minimum(x, 0), slope));
}

/** The slope may also come as a constant of a shape of its own, or be worked out. */
export const preluOperator: Operator = () => {
  const bend = prelu(undefined);
  return (inputs) => {
    const { left, right, result } = align(inputs.tensor(0), inputs.tensor(1));
    return result(bend(left, right));
  };
};

export const leakyRelu: Operator = ({ attributes }) => {
  const slope = attributes.float('alpha', 0.01);
  return (inputs) => {
    const { tensor, layout } = inputs.tensor(0);
    return { kind: 'tensor', layout, tensor: tf.leakyRelu(tensor, slope) };
  };
};
