import * as tf from '@tensorflow/tfjs-core';

import type { Operator } from '../operator.ts';
import { asPlain, axisIn, plainValue } from '../value.ts';

type Reduction = (tensor: tf.Tensor, axes: number[], keepsAxes: boolean) => tf.Tensor;

/** One number for all along some axes, or along all. */
function reduce(apply: Reduction): Operator {
  return (node) => {
    const given = node.attributes.integers('axes');
    const keepsAxes = node.attributes.integer('keepdims', 1) !== 0;
    const nothingMeansNothing = node.attributes.integer('noop_with_empty_axes', 0) !== 0;
    if (nothingMeansNothing) node.refuse('noop_with_empty_axes');
    return (inputs) => {
      const value = inputs.tensor(0);
      const listed = given ?? (node.has(1) ? inputs.integers(1).values : []);
      const axes = listed.length > 0 ? listed : value.tensor.shape.map((_, i) => i);
      // Axes that stay keep the layout too.
      if (keepsAxes)
        return {
          ...value,
          tensor: apply(
            value.tensor,
            axes.map((axis) => axisIn(value, axis)),
            true,
          ),
        };
      const plain = plainValue(asPlain(value));
      return plainValue(
        apply(
          plain.tensor,
          axes.map((axis) => axisIn(plain, axis)),
          false,
        ),
      );
    };
  };
}

export const reductions: Readonly<Record<string, Operator>> = {
  ReduceMean: reduce(tf.mean),
  ReduceSum: reduce(tf.sum),
  ReduceMax: reduce(tf.max),
  ReduceMin: reduce(tf.min),
  ReduceL2: reduce((tensor, axes, keepsAxes) => tf.norm(tensor, 'euclidean', axes, keepsAxes)),
};
