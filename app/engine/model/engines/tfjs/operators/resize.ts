import * as tf from '@tensorflow/tfjs-core';

import type { Inputs, Operator, OperatorNode } from '../operator.ts';
import { asNhwc, dimsOf, nhwcValue, type TensorValue } from '../value.ts';

/** How maps are made larger or smaller: by ONNX's names. */
interface Manner {
  readonly mode: string;
  /** Where a pixel of the result lies in the original. */
  readonly place: string;
  /** Which neighbour is the nearest. */
  readonly round: string;
}

/** Of maps, along height and width. Scales have to be constants; sizes may be worked out. */
export const resize: Operator = (node) => {
  const { attributes, opset } = node;
  const isOld = opset < 11;
  const manner: Manner = {
    mode: attributes.text('mode', 'nearest'),
    place: attributes.text('coordinate_transformation_mode', isOld ? 'asymmetric' : 'half_pixel'),
    round: attributes.text('nearest_mode', isOld ? 'floor' : 'round_prefer_floor'),
  };
  if (attributes.integer('antialias', 0) !== 0) node.refuse('antialias');
  if (attributes.integers('axes')) node.refuse('axes');
  if (attributes.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch') node.refuse('a kept aspect ratio');
  // These two are for other modes, which are refused; the region (input 2) as well.
  attributes.float('cubic_coeff_a', -0.75);
  attributes.float('extrapolation_value', 0);
  if (!isOld) node.take(1);
  const scalesOf = targetOf(node, isOld ? 1 : 2);
  const apply = manner.mode === 'nearest' ? nearest(node, manner) : linear(node, manner);
  return (inputs) => {
    const value = inputs.tensor(0);
    const [, , height = 0, width = 0] = dimsOf(value);
    return nhwcValue(apply(asNhwc(value), scalesOf(inputs, value, [height, width])));
  };
};

/** Along one axis: how long the result is, and how many of its pixels stand for one of the original's. */
interface Target {
  readonly size: number;
  readonly scale: number;
}

type Apply = (maps: tf.Tensor4D, targets: readonly [Target, Target]) => tf.Tensor4D;

function targetOf(
  node: OperatorNode,
  input: number,
): (inputs: Inputs, value: TensorValue, sides: readonly [number, number]) => readonly [Target, Target] {
  const scales = node.has(input) ? (node.take(input)?.values ?? node.refuse('scales that are worked out')) : [];
  const check = (first: number, second: number, unit: readonly [number, number]): void => {
    if (first !== unit[0] || second !== unit[1]) node.refuse('anything but height and width to change');
  };
  if (scales.length > 0) {
    check(scales[0] ?? 0, scales[1] ?? 0, [1, 1]);
    const along = (side: number, scale: number): Target => ({ size: Math.floor(side * scale), scale });
    return (_inputs, _value, [height, width]) => [along(height, scales[2] ?? 1), along(width, scales[3] ?? 1)];
  }
  if (!node.has(3)) return node.refuse('neither scales nor sizes');
  return (inputs, value, [height, width]) => {
    const [batch = 0, channels = 0, high = 0, wide = 0] = inputs.integers(3).values;
    const [wasBatch = 0, wasChannels = 0] = dimsOf(value);
    check(batch, channels, [wasBatch, wasChannels]);
    return [
      { size: high, scale: high / height },
      { size: wide, scale: wide / width },
    ];
  };
}

function linear(node: OperatorNode, { mode, place }: Manner): Apply {
  if (mode !== 'linear') return node.refuse(`mode ${mode}`);
  if (!['half_pixel', 'asymmetric', 'align_corners'].includes(place)) return node.refuse(`places by ${place}`);
  return (maps, targets) => {
    const [high, wide] = targets;
    // TensorFlow goes by the sizes alone.
    const isWhole = high.size === maps.shape[1] * high.scale && wide.size === maps.shape[2] * wide.scale;
    if (!isWhole) node.refuse('a size that is not the scale times the original one');
    return tf.image.resizeBilinear(maps, [high.size, wide.size], place === 'align_corners', place === 'half_pixel');
  };
}

function nearest(node: OperatorNode, { place, round }: Manner): Apply {
  const original = places[place] ?? node.refuse(`places by ${place}`);
  const whole = roundings[round] ?? node.refuse(`nearest_mode ${round}`);
  const along = (side: number, target: Target): tf.Tensor1D => {
    const last = side - 1;
    const at = (i: number): number => Math.min(Math.max(whole(original(i, target, side)), 0), last);
    return tf.tensor1d(
      Array.from({ length: target.size }, (_, i) => at(i)),
      'int32',
    );
  };
  return (maps, [high, wide]) => {
    const rows = tf.gather(maps, along(maps.shape[1], high), 1);
    return tf.gather(rows, along(maps.shape[2], wide), 2);
  };
}

/** ONNX, operator Resize, `coordinate_transformation_mode`. */
const places: Readonly<Record<string, (i: number, target: Target, side: number) => number>> = {
  half_pixel: (i, { scale }) => (i + 0.5) / scale - 0.5,
  asymmetric: (i, { scale }) => i / scale,
  align_corners: (i, { size }, side) => (size === 1 ? 0 : (i * (side - 1)) / (size - 1)),
};

/** ONNX, operator Resize, `nearest_mode`. */
const roundings: Readonly<Record<string, (place: number) => number>> = {
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};
