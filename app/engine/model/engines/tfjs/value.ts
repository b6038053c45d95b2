import * as tf from '@tensorflow/tfjs-core';

import { Failure } from '../../../../contract/errors.ts';

/**
 * What passes between operators. Numbers of a model are float tensors on the backend. Whole numbers, which only say
 * shapes and places, stay here.
 */
export type Value = TensorValue | IntegersValue;

export interface TensorValue {
  readonly kind: 'tensor';
  readonly tensor: tf.Tensor;
  /** `nhwc`: maps whose ONNX sizes are [N, C, H, W] are kept as [N, H, W, C]. `plain`: as ONNX has it. */
  readonly layout: 'plain' | 'nhwc';
}

export interface IntegersValue {
  readonly kind: 'integers';
  readonly values: readonly number[];
  readonly dims: readonly number[];
}

export function plainValue(tensor: tf.Tensor): TensorValue {
  return { kind: 'tensor', tensor, layout: 'plain' };
}

export function nhwcValue(tensor: tf.Tensor): TensorValue {
  return { kind: 'tensor', tensor, layout: 'nhwc' };
}

/** A list of whole numbers, or one number where `dims` is empty. */
export function integersValue(values: readonly number[], dims: readonly number[] = [values.length]): IntegersValue {
  return { kind: 'integers', values, dims };
}

/** Sizes in ONNX's order. */
export function dimsOf(value: Value): readonly number[] {
  if (value.kind === 'integers') return value.dims;
  const { shape } = value.tensor;
  if (value.layout === 'plain') return shape;
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  return [batch, channels, height, width];
}

/** Where an ONNX axis lies in the tensor. */
export function axisIn(value: TensorValue, axis: number): number {
  const rank = value.tensor.rank;
  const positive = axis < 0 ? axis + rank : axis;
  return value.layout === 'plain' ? positive : ([0, 3, 1, 2][positive] ?? positive);
}

/** The tensor with ONNX's sizes. It may be the one inside the value. */
export function asPlain({ tensor, layout }: TensorValue): tf.Tensor {
  if (layout === 'plain') return tensor;
  const [batch = 0, height = 0, width = 0, channels = 0] = tensor.shape;
  // Where only one axis is longer than 1 the order of the numbers is the same.
  if (channels === 1 || height * width === 1) return tf.reshape(tensor, [batch, channels, height, width]);
  return tf.transpose(tensor, [0, 3, 1, 2]);
}

/**
 * The tensor as [N, H, W, C]; fewer axes than four get leading ones. It may be the one inside the value.
 * @throws {Failure} `model-failed` for more than four axes
 */
export function asNhwc({ tensor, layout }: TensorValue): tf.Tensor4D {
  if (layout === 'nhwc') return tensor as tf.Tensor4D;
  if (tensor.rank > 4) throw new Failure('model-failed', `A value of ${tensor.rank} axes cannot be used as a map.`);
  const [batch = 1, channels = 1, height = 1, width = 1] = [...Array<number>(4 - tensor.rank).fill(1), ...tensor.shape];
  if (channels === 1 || height * width === 1) return tf.reshape(tensor, [batch, height, width, channels]);
  return tf.transpose(tf.reshape(tensor, [batch, channels, height, width]), [0, 2, 3, 1]);
}
