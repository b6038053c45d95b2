import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { openOrt } from '../../../../../app/engine/model/engines/ort.ts';
import type { TfjsBackend } from '../../../../../app/engine/model/engines/tfjs/backend.ts';
import { openTfjs } from '../../../../../app/engine/model/engines/tfjs/open-tfjs.ts';
import { operators } from '../../../../../app/engine/model/engines/tfjs/operators.ts';
import { encodeModel } from '../../../../../app/engine/model/onnx/codec.ts';
import { createRandom } from '../../../../factories/library.ts';
import { loadableBackends } from './loadable-backends.ts';
import { singleOperator, type Argument, type AttributeValue } from './single-operator.ts';

interface Case {
  readonly says: string;
  readonly op: string;
  readonly arguments: readonly Argument[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly opset?: number;
  readonly outputs?: number;
}

const input = (...dims: number[]): Argument => ({ input: dims });
const floats = (...dims: number[]): Argument => ({ floats: dims });
const exactly = (...values: number[]): Argument => ({ floats: [values.length], values });
const scalar = (value: number): Argument => ({ floats: [], values: [value] });
const integers = (...values: number[]): Argument => ({ integers: values });
const maps = input(2, 6, 9, 8);

const cases: readonly Case[] = [
  // Convolution
  { says: 'without padding', op: 'Conv', arguments: [maps, floats(4, 6, 3, 3), floats(4)] },
  {
    says: 'with padding all around',
    op: 'Conv',
    arguments: [maps, floats(4, 6, 3, 3)],
    attributes: { pads: [1, 1, 1, 1] },
  },
  {
    says: 'with uneven padding and strides',
    op: 'Conv',
    arguments: [maps, floats(4, 6, 3, 2), floats(4)],
    attributes: { pads: [0, 1, 2, 0], strides: [2, 1], kernel_shape: [3, 2] },
  },
  {
    says: 'with strides over padding',
    op: 'Conv',
    arguments: [maps, floats(4, 6, 3, 3)],
    attributes: { pads: [1, 1, 1, 1], strides: [2, 2] },
  },
  {
    says: 'with dilations',
    op: 'Conv',
    arguments: [maps, floats(4, 6, 3, 3)],
    attributes: { pads: [2, 2, 2, 2], dilations: [2, 2] },
  },
  {
    says: 'by group',
    op: 'Conv',
    arguments: [maps, floats(4, 3, 3, 3), floats(4)],
    attributes: { group: 2, pads: [1, 1, 1, 1] },
  },
  {
    says: 'by channel',
    op: 'Conv',
    arguments: [maps, floats(6, 1, 3, 3), floats(6)],
    attributes: { group: 6, pads: [1, 1, 1, 1], strides: [2, 2] },
  },
  {
    says: 'by channel with several results each',
    op: 'Conv',
    arguments: [maps, floats(12, 1, 3, 3)],
    attributes: { group: 6 },
  },
  {
    says: 'by channel with dilations',
    op: 'Conv',
    arguments: [maps, floats(6, 1, 3, 3)],
    attributes: { group: 6, pads: [2, 2, 2, 2], dilations: [2, 2] },
  },
  {
    says: 'padded as SAME_UPPER',
    op: 'Conv',
    arguments: [maps, floats(4, 6, 2, 2)],
    attributes: { auto_pad: 'SAME_UPPER', strides: [2, 2] },
  },
  {
    says: 'padded as SAME_LOWER',
    op: 'Conv',
    arguments: [maps, floats(4, 6, 2, 2)],
    attributes: { auto_pad: 'SAME_LOWER', strides: [2, 2] },
  },
  { says: 'padded as VALID', op: 'Conv', arguments: [maps, floats(4, 6, 2, 2)], attributes: { auto_pad: 'VALID' } },
  // Pooling
  { says: 'of the largest', op: 'MaxPool', arguments: [maps], attributes: { kernel_shape: [3, 3], strides: [2, 2] } },
  {
    says: 'of the largest with padding',
    op: 'MaxPool',
    arguments: [maps],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 0, 0, 1] },
  },
  {
    says: 'of the largest, rounded up',
    op: 'MaxPool',
    arguments: [maps],
    attributes: { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 },
  },
  {
    says: 'of the largest, rounded up with padding',
    op: 'MaxPool',
    arguments: [maps],
    attributes: { kernel_shape: [3, 3], strides: [3, 3], pads: [1, 1, 1, 1], ceil_mode: 1 },
  },
  { says: 'of means', op: 'AveragePool', arguments: [maps], attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
  {
    says: 'of means with padding left out',
    op: 'AveragePool',
    arguments: [maps],
    attributes: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  },
  {
    says: 'of means with padding like SAME',
    op: 'AveragePool',
    arguments: [maps],
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
  },
  {
    says: 'of means with padding counted',
    op: 'AveragePool',
    arguments: [maps],
    attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 },
  },
  {
    says: 'of means, rounded up',
    op: 'AveragePool',
    arguments: [maps],
    attributes: { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 },
  },
  { says: 'of whole maps', op: 'GlobalAveragePool', arguments: [maps] },
  // Normalisation
  {
    says: 'of maps',
    op: 'BatchNormalization',
    arguments: [maps, floats(6), floats(6), floats(6), { floats: [6], values: [1, 2, 0.5, 3, 1, 4] }],
    attributes: { epsilon: { float: 0.01 }, momentum: { float: 0.9 } },
  },
  {
    says: 'of features',
    op: 'BatchNormalization',
    arguments: [input(3, 4), floats(4), floats(4), floats(4), { floats: [4], values: [1, 2, 0.5, 3] }],
  },
  { says: 'along the channels', op: 'Softmax', arguments: [maps], attributes: { axis: 1 } },
  { says: 'along the last axis', op: 'Softmax', arguments: [input(2, 3, 4)] },
  { says: 'along a middle axis', op: 'Softmax', arguments: [input(2, 3, 4, 5)], attributes: { axis: -2 } },
  { says: 'of everything behind an axis, as it once was', op: 'Softmax', arguments: [input(2, 3, 4)], opset: 11 },
  { says: 'to length 1', op: 'LpNormalization', arguments: [input(3, 5)], attributes: { axis: 1, p: 2 } },
  { says: 'to a sum of 1', op: 'LpNormalization', arguments: [input(3, 5)], attributes: { axis: 1, p: 1 } },
  // Arithmetic
  { says: 'of equals', op: 'Add', arguments: [maps, maps] },
  { says: 'with one number', op: 'Sub', arguments: [maps, scalar(0.3)] },
  { says: 'with a number for each channel', op: 'Mul', arguments: [maps, floats(6, 1, 1)] },
  {
    says: 'with a number for each column',
    op: 'Div',
    arguments: [maps, { floats: [8], values: [1, 2, 3, 4, 5, 6, 7, 8] }],
  },
  { says: 'of one number by many', op: 'Div', arguments: [scalar(1), { floats: [3], values: [1, 2, 4] }] },
  { says: 'of squares', op: 'Pow', arguments: [maps, scalar(2)] },
  { says: 'of two', op: 'Max', arguments: [maps, floats(6, 1, 1)] },
  { says: 'of three', op: 'Min', arguments: [maps, maps, scalar(0.1)] },
  { says: 'of three', op: 'Sum', arguments: [maps, maps, floats(6, 1, 1)] },
  ...['Relu', 'Sigmoid', 'Tanh', 'Exp', 'Abs', 'Neg'].map((op) => ({ says: 'of maps', op, arguments: [maps] })),
  { says: 'of positive numbers', op: 'Sqrt', arguments: [exactly(0, 0.25, 2)] },
  { says: 'of positive numbers', op: 'Log', arguments: [exactly(0.1, 1, 2)] },
  { says: 'with a slope for each channel', op: 'PRelu', arguments: [maps, floats(6, 1, 1)] },
  { says: 'with steep slopes', op: 'PRelu', arguments: [input(2, 3), exactly(2, 0.5, -1)] },
  { says: 'with a slope of 0.1', op: 'LeakyRelu', arguments: [maps], attributes: { alpha: { float: 0.1 } } },
  { says: 'with its own slope', op: 'LeakyRelu', arguments: [maps] },
  { says: 'on both sides', op: 'Clip', arguments: [maps, scalar(-0.5), scalar(0.25)] },
  { says: 'on one side', op: 'Clip', arguments: [maps, undefined, scalar(0.25)] },
  {
    says: 'as it once was',
    op: 'Clip',
    arguments: [maps],
    attributes: { min: { float: 0 }, max: { float: 0.5 } },
    opset: 10,
  },
  // Matrices
  {
    says: 'with everything',
    op: 'Gemm',
    arguments: [input(3, 4), floats(5, 4), floats(5)],
    attributes: { transB: 1, alpha: { float: 0.5 }, beta: { float: 2 } },
  },
  {
    says: 'of what is worked out',
    op: 'Gemm',
    arguments: [input(4, 3), input(4, 5), input(3, 5)],
    attributes: { transA: 1, beta: { float: 0.5 } },
  },
  { says: 'with a constant', op: 'MatMul', arguments: [input(2, 3, 4), floats(4, 5)] },
  { says: 'of stacks', op: 'MatMul', arguments: [input(2, 3, 4), input(2, 4, 5)] },
  // Shapes
  { says: 'unchanged', op: 'Identity', arguments: [maps] },
  { says: 'unchanged', op: 'Dropout', arguments: [maps] },
  { says: 'to floats', op: 'Cast', arguments: [maps], attributes: { to: 1 } },
  { says: 'to rows', op: 'Flatten', arguments: [maps] },
  { says: 'in the middle', op: 'Flatten', arguments: [maps], attributes: { axis: 2 } },
  { says: 'keeping a size', op: 'Reshape', arguments: [maps, integers(0, -1, 4)] },
  { says: 'backwards', op: 'Transpose', arguments: [input(2, 3, 4)] },
  { says: 'to the other layout', op: 'Transpose', arguments: [maps], attributes: { perm: [0, 2, 3, 1] } },
  { says: 'from the other layout', op: 'Transpose', arguments: [maps], attributes: { perm: [0, 3, 1, 2] } },
  { says: 'of named axes', op: 'Squeeze', arguments: [input(1, 3, 1, 2), integers(-2)] },
  { says: 'of all it can', op: 'Squeeze', arguments: [input(1, 3, 1, 2)] },
  { says: 'as it once was', op: 'Squeeze', arguments: [input(1, 3, 1, 2)], attributes: { axes: [0] }, opset: 11 },
  { says: 'at both ends', op: 'Unsqueeze', arguments: [input(3, 2), integers(0, -1)] },
  { says: 'of channels', op: 'Concat', arguments: [maps, maps], attributes: { axis: 1 } },
  { says: 'of the last axis', op: 'Concat', arguments: [input(2, 3), floats(2, 1)], attributes: { axis: -1 } },
  // Parts
  { says: 'of channels', op: 'Gather', arguments: [maps, integers(4, 0, -1)], attributes: { axis: 1 } },
  { says: 'from both ends', op: 'Slice', arguments: [maps, integers(1, -5), integers(-1, 100), integers(1, 3)] },
  { says: 'with steps', op: 'Slice', arguments: [maps, integers(0), integers(9), integers(2), integers(3)] },
  {
    says: 'as it once was',
    op: 'Slice',
    arguments: [maps],
    attributes: { starts: [1], ends: [3], axes: [1] },
    opset: 9,
  },
  { says: 'with a number', op: 'Pad', arguments: [maps, integers(0, 1, 0, 2, 0, 0, 1, 0), scalar(0.5)] },
  {
    says: 'by reflection',
    op: 'Pad',
    arguments: [maps, integers(0, 0, 1, 2, 0, 0, 1, 0)],
    attributes: { mode: 'reflect' },
  },
  {
    says: 'as it once was',
    op: 'Pad',
    arguments: [maps],
    attributes: { pads: [0, 0, 1, 1, 0, 0, 1, 1], value: { float: 2 } },
    opset: 10,
  },
  {
    says: 'of channels, the first',
    op: 'Split',
    arguments: [maps, integers(2, 4)],
    attributes: { axis: 1 },
    outputs: 2,
  },
  { says: 'in equal parts', op: 'Split', arguments: [input(6, 4)], attributes: { axis: -2 }, outputs: 3 },
  {
    says: 'as it once was',
    op: 'Split',
    arguments: [input(2, 5)],
    attributes: { axis: 1, split: [3, 2] },
    opset: 11,
    outputs: 2,
  },
  // Sizes
  { says: 'to twice, by the nearest', op: 'Resize', arguments: [maps, undefined, exactly(1, 1, 2, 2)] },
  {
    says: 'to a half, by the nearest',
    op: 'Resize',
    arguments: [maps, undefined, exactly(1, 1, 0.5, 0.5)],
    attributes: { coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' },
  },
  {
    says: 'to a size, in lines',
    op: 'Resize',
    arguments: [maps, undefined, undefined, integers(2, 6, 18, 12)],
    attributes: { mode: 'linear' },
  },
  {
    says: 'to twice, in lines between the corners',
    op: 'Resize',
    arguments: [maps, undefined, exactly(1, 1, 2, 2)],
    attributes: { mode: 'linear', coordinate_transformation_mode: 'align_corners' },
  },
  { says: 'as it once was', op: 'Resize', arguments: [maps, exactly(1, 1, 2, 3)], opset: 10 },
  // Reductions
  { says: 'of whole maps', op: 'ReduceMean', arguments: [maps], attributes: { axes: [2, 3] } },
  { says: 'without the axes', op: 'ReduceMean', arguments: [maps], attributes: { axes: [1, -1], keepdims: 0 } },
  { says: 'of everything', op: 'ReduceMax', arguments: [maps] },
  { says: 'of axes given as an input', op: 'ReduceSum', arguments: [maps, integers(1)] },
  { says: 'of channels', op: 'ReduceMin', arguments: [maps], attributes: { axes: [1] } },
  { says: 'of rows', op: 'ReduceL2', arguments: [input(3, 5)], attributes: { axes: [1] } },
];

/** Largest difference between what ONNX Runtime and TensorFlow.js give, where the sizes agree. */
async function deviation(backend: TfjsBackend, { says, ...operator }: Case): Promise<number> {
  const { model, inputs } = singleOperator({ ...operator, random: createRandom(says.length + operator.op.length) });
  const bytes = encodeModel(model);
  const [reference, ours] = [await openOrt(bytes, 1), await openTfjs(bytes, backend)];
  const before = tf.memory().numTensors;
  const [expected, actual] = [await reference.run(inputs), await ours.run(inputs)];
  expect(tf.memory().numTensors).toBe(before);
  await Promise.all([reference.close(), ours.close()]);
  let largest = 0;
  for (const [name, { data, dims }] of expected) {
    const given = actual.get(name)!;
    expect(given.dims).toEqual(dims);
    for (const [i, value] of data.entries()) largest = Math.max(largest, Math.abs(value - given.data[i]!));
  }
  return largest;
}

describe.each(await loadableBackends())('an operator on %s TensorFlow.js', (backend) => {
  it.each(cases)('gives what ONNX Runtime gives: $op $says', async (operator) => {
    expect(await deviation(backend, operator)).toBeLessThan(1e-4);
  });
});

it('is tried for every operator there is, but Shape, which only other operators use', () => {
  const tried = new Set([...cases.map(({ op }) => op), 'Shape']);
  expect(Object.keys(operators).filter((op) => !tried.has(op))).toEqual([]);
});
