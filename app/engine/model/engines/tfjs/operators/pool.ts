import * as tf from '@tensorflow/tfjs-core';

import type { Operator } from '../operator.ts';
import { asNhwc, nhwcValue } from '../value.ts';
import { readWindow, tensorFlowPadding, type Padding, type Window } from './window.ts';

/** Less than any number of a model; infinity would become NaN in some kernels. */
const lowest = -3.4e38;

export const maxPool: Operator = (node) => {
  const window = readWindow(node);
  if (window.dilations.some((dilation) => dilation > 1)) node.refuse('dilations');
  if (node.attributes.integer('storage_order', 0) !== 0) node.refuse('storage_order');
  return (inputs) => {
    const { maps, pad } = padded(asNhwc(inputs.tensor(0)), window, lowest);
    return nhwcValue(tf.maxPool(maps, pairOf(window.size), pairOf(window.strides), pad));
  };
};

export const averagePool: Operator = (node) => {
  const window = readWindow(node);
  if (window.dilations.some((dilation) => dilation > 1)) node.refuse('dilations');
  const countsPadding = node.attributes.integer('count_include_pad', 0) !== 0;
  if (countsPadding && node.attributes.integer('ceil_mode', 0) !== 0) node.refuse('ceil_mode with count_include_pad');
  const average = (maps: tf.Tensor4D, pad: 'valid' | 'same'): tf.Tensor4D =>
    tf.avgPool(maps, pairOf(window.size), pairOf(window.strides), pad);
  return (inputs) => {
    const maps = asNhwc(inputs.tensor(0));
    const padding = window.padding(maps.shape[1], maps.shape[2]);
    const kind = tensorFlowPadding(padding, window, [maps.shape[1], maps.shape[2]]);
    // TensorFlow leaves padding out of its means too.
    if (kind === 'valid' || (kind === 'same' && !countsPadding)) return nhwcValue(average(maps, kind));
    const means = average(around(maps, padding, 0), 'valid');
    if (countsPadding) return nhwcValue(means);
    const shares = average(around(tf.ones([1, maps.shape[1], maps.shape[2], 1]), padding, 0), 'valid');
    return nhwcValue(tf.div(means, shares));
  };
};

export const globalAveragePool: Operator = () => (inputs) => nhwcValue(tf.mean(asNhwc(inputs.tensor(0)), [1, 2], true));

function padded(maps: tf.Tensor4D, window: Window, filling: number): { maps: tf.Tensor4D; pad: 'valid' | 'same' } {
  const padding = window.padding(maps.shape[1], maps.shape[2]);
  const pad = tensorFlowPadding(padding, window, [maps.shape[1], maps.shape[2]]);
  return typeof pad === 'string' ? { maps, pad } : { maps: around(maps, padding, filling), pad: 'valid' };
}

function around(maps: tf.Tensor4D, { rows, columns }: Padding, filling: number): tf.Tensor4D {
  return tf.pad(maps, [[0, 0], [...rows], [...columns], [0, 0]], filling);
}

function pairOf([height, width]: readonly [number, number]): [number, number] {
  return [height, width];
}
