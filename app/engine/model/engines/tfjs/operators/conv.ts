import * as tf from '@tensorflow/tfjs-core';

import { takeFloats, type Operator, type OperatorNode } from '../operator.ts';
import { asNhwc, nhwcValue } from '../value.ts';
import { prelu } from './prelu.ts';
import { readWindow, tensorFlowPadding, type Window } from './window.ts';

/** Weights are [out, in / groups, height, width] in ONNX and [height, width, in, out] in TensorFlow. */
export const conv: Operator = (node) => {
  const weights = takeFloats(node, 1);
  const [outputs = 0, inputsPerGroup = 0, ...size] = weights.dims;
  const window = readWindow(node, size);
  const groups = node.attributes.integer('group', 1);
  const isStrided = window.strides.some((stride) => stride > 1);
  const isDilated = window.dilations.some((dilation) => dilation > 1);
  if (isStrided && isDilated) node.refuse('strides together with dilations');
  const filter = tf.tidy(() => tf.tensor4d(weights.values, [outputs, inputsPerGroup, ...window.size]));
  const bias = node.has(2) ? node.keep(tf.tensor1d(takeFloats(node, 2).values)) : undefined;
  const convolve =
    groups === 1
      ? dense(node, filter, bias, window)
      : // Native TensorFlow's convolution by channel knows dilations on some processors only.
        inputsPerGroup === 1 && !isDilated
        ? depthwise(node, filter, bias, window, groups)
        : grouped(node, filter, bias, window, groups);
  filter.dispose();
  return (inputs) => nhwcValue(convolve(asNhwc(inputs.tensor(0))));
};

type Convolve = (maps: tf.Tensor4D) => tf.Tensor4D;

function dense(node: OperatorNode, oihw: tf.Tensor4D, bias: tf.Tensor1D | undefined, window: Window): Convolve {
  const filter = node.keep(tf.tidy(() => tf.transpose(oihw, [2, 3, 1, 0])));
  const { fused, finish } = activate(node, true);
  return (x) => finish(tf.fused.conv2d({ x, filter, ...(bias && { bias }), ...fused, ...moves(window, x) }));
}

/** Each output sees one input map; `outputs / groups` of them the same. */
function depthwise(
  node: OperatorNode,
  oihw: tf.Tensor4D,
  bias: tf.Tensor1D | undefined,
  window: Window,
  groups: number,
): Convolve {
  if (window.strides[0] !== window.strides[1]) node.refuse('different strides along height and width, by group');
  const [outputs, , height, width] = oihw.shape;
  const filter = node.keep(
    tf.tidy(() => tf.transpose<tf.Tensor4D>(tf.reshape(oihw, [groups, outputs / groups, height, width]), [2, 3, 0, 1])),
  );
  const { fused, finish } = activate(node, true);
  return (x) => {
    const { pad, ...steps } = moves(window, x);
    // The declaration lacks padding given in numbers, which the operator and its kernels take.
    const declared = pad as 'valid' | 'same';
    return finish(tf.fused.depthwiseConv2d({ x, filter, ...(bias && { bias }), ...fused, ...steps, pad: declared }));
  };
}

function grouped(
  node: OperatorNode,
  oihw: tf.Tensor4D,
  bias: tf.Tensor1D | undefined,
  window: Window,
  groups: number,
): Convolve {
  const filters = tf
    .tidy(() => tf.split<tf.Tensor4D>(tf.transpose<tf.Tensor4D>(oihw, [2, 3, 1, 0]), groups, 3))
    .map((part) => node.keep(part));
  const { finish } = activate(node, false);
  return (x) => {
    const { strides, pad, dilations } = moves(window, x);
    const parts = tf.split<tf.Tensor4D>(x, groups, 3);
    const maps = filters.map((filter, i) => tf.conv2d(parts[i] ?? x, filter, strides, pad, 'NHWC', dilations));
    const joined = tf.concat(maps, 3);
    return finish(bias ? tf.add<tf.Tensor4D>(joined, bias) : joined);
  };
}

/** What tells TensorFlow how to move over these maps. */
function moves(window: Window, { shape }: tf.Tensor4D): Moves {
  const [height, width] = [shape[1], shape[2]];
  const pad = tensorFlowPadding(window.padding(height, width), window, [height, width]);
  return { strides: [...window.strides], dilations: [...window.dilations], pad };
}

interface Moves {
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: ReturnType<typeof tensorFlowPadding>;
}

interface Activated {
  /** For TensorFlow to do together with the convolution. */
  readonly fused: { readonly activation?: 'relu' | 'relu6' | 'prelu'; readonly preluActivationWeights?: tf.Tensor };
  /** What is left to do afterwards. */
  readonly finish: (maps: tf.Tensor4D) => tf.Tensor4D;
}

function activate(node: OperatorNode, fuses: boolean): Activated {
  const { activation, backend } = node;
  if (!activation) return { fused: {}, finish: (maps) => maps };
  if (activation.kind === 'prelu') {
    const slope = node.keep(tf.tensor1d(activation.slope));
    // Native TensorFlow's own takes six passes over the numbers.
    if (fuses && backend === 'wasm') {
      return { fused: { activation: 'prelu', preluActivationWeights: slope }, finish: (maps) => maps };
    }
    const bend = prelu(activation.slope);
    return { fused: {}, finish: (maps) => bend(maps, slope) };
  }
  const { kind } = activation;
  if (fuses) return { fused: { activation: kind }, finish: (maps) => maps };
  return { fused: {}, finish: (maps) => (kind === 'relu' ? tf.relu(maps) : tf.relu6(maps)) };
}
