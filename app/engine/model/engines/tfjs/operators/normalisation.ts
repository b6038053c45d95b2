import * as tf from '@tensorflow/tfjs-core';

import { takeFloats, type Operator } from '../operator.ts';
import { asNhwc, asPlain, axisIn, nhwcValue, plainValue } from '../value.ts';

/** A batch normalisation that no convolution could take over: x × γ/√(σ²+ε) + (β − μ × γ/√(σ²+ε)). */
export const batchNormalization: Operator = (node) => {
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((input) => takeFloats(node, input).values);
  if (!gamma || !beta || !mean || !variance) return node.refuse('fewer than five inputs');
  const epsilon = node.attributes.float('epsilon', 1e-5);
  // Both matter only in training.
  node.attributes.float('momentum', 0.9);
  if (node.attributes.integer('training_mode', 0) !== 0) node.refuse('training_mode');
  if (node.attributes.integer('spatial', 1) !== 1) node.refuse('spatial 0');
  const factors = gamma.map((value, i) => value / Math.sqrt((variance[i] ?? 0) + epsilon));
  const scale = node.keep(tf.tensor1d(factors));
  const shift = node.keep(tf.tensor1d(beta.map((value, i) => value - (mean[i] ?? 0) * (factors[i] ?? 0))));
  return (inputs) => {
    const value = inputs.tensor(0);
    if (value.tensor.rank === 2) return plainValue(tf.add(tf.mul(asPlain(value), scale), shift));
    return nhwcValue(tf.add(tf.mul(asNhwc(value), scale), shift));
  };
};

/** Up to operator set 12 everything from `axis` on is one distribution, later it is `axis` alone. */
export const softmax: Operator = (node) => {
  const isFlat = node.opset < 13;
  const axis = node.attributes.integer('axis', isFlat ? 1 : -1);
  return (inputs) => {
    const value = inputs.tensor(0);
    const rank = value.tensor.rank;
    const flatFrom = axis < 0 ? axis + rank : axis;
    if (isFlat && flatFrom !== rank - 1) {
      const x = asPlain(value);
      const rows = x.shape.slice(0, flatFrom).reduce((product, size) => product * size, 1);
      return plainValue(tf.reshape(tf.softmax(tf.reshape(x, [rows, -1])), x.shape));
    }
    const place = axisIn(value, axis);
    if (place === rank - 1) return { ...value, tensor: tf.softmax(value.tensor) };
    // TensorFlow's works along the last axis only.
    const swapped = Array.from({ length: rank }, (_, i) => (i === place ? rank - 1 : i === rank - 1 ? place : i));
    return { ...value, tensor: tf.transpose(tf.softmax(tf.transpose(value.tensor, swapped)), swapped) };
  };
};

/** Divides by the L1 or L2 norm along an axis. */
export const lpNormalization: Operator = (node) => {
  const axis = node.attributes.integer('axis', -1);
  const order = node.attributes.integer('p', 2);
  if (order !== 1 && order !== 2) node.refuse(`p ${order}`);
  return (inputs) => {
    const value = inputs.tensor(0);
    const norm = tf.norm(value.tensor, order, axisIn(value, axis), true);
    return { ...value, tensor: tf.div(value.tensor, norm) };
  };
};
