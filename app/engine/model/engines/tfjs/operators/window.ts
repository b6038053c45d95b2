import * as tf from '@tensorflow/tfjs-core';

import type { OperatorNode } from '../operator.ts';

/** How a convolution or a pooling moves over a map. Pairs are of height and width. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** What is added around a map of this size. */
  padding(height: number, width: number): Padding;
}

export interface Padding {
  readonly rows: readonly [before: number, after: number];
  readonly columns: readonly [before: number, after: number];
}

/** `size`: of the kernel, where its weights tell it. */
export function readWindow(node: OperatorNode, size?: readonly number[]): Window {
  const { attributes } = node;
  const kernel = pair(node, attributes.integers('kernel_shape') ?? size);
  const strides = pair(node, attributes.integers('strides') ?? [1, 1]);
  const dilations = pair(node, attributes.integers('dilations') ?? [1, 1]);
  const pads = attributes.integers('pads') ?? [0, 0, 0, 0];
  const roundsUp = attributes.integer('ceil_mode', 0) !== 0;
  const automatic = attributes.text('auto_pad', 'NOTSET');
  if (pads.some((pad) => pad < 0)) node.refuse('negative padding');
  if (!['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'].includes(automatic)) node.refuse(`auto_pad ${automatic}`);
  const along = (axis: 0 | 1, length: number): readonly [number, number] => {
    const reach = (kernel[axis] - 1) * dilations[axis] + 1;
    if (automatic === 'VALID') return [0, 0];
    if (automatic !== 'NOTSET') return samePadding(length, reach, strides[axis], automatic === 'SAME_LOWER');
    const [before, after] = [pads[axis] ?? 0, pads[axis + 2] ?? 0];
    if (!roundsUp) return [before, after];
    const steps = Math.ceil((length + before + after - reach) / strides[axis]);
    // A window that would begin in the padding behind the map is left out.
    const last = steps * strides[axis] >= length + before ? steps - 1 : steps;
    return [before, Math.max(0, last * strides[axis] + reach - length - before)];
  };
  return {
    size: kernel,
    strides,
    dilations,
    padding: (height, width) => ({ rows: along(0, height), columns: along(1, width) }),
  };
}

/** TensorFlow's name for a padding where it has one, which runs faster, else the padding itself. */
export function tensorFlowPadding(
  { rows, columns }: Padding,
  { size, strides, dilations }: Window,
  [height, width]: readonly [number, number],
): 'valid' | 'same' | tf.backend_util.ExplicitPadding {
  if (rows[0] + rows[1] + columns[0] + columns[1] === 0) return 'valid';
  const isSame = ([before, after]: readonly [number, number], axis: 0 | 1, length: number): boolean => {
    const same = samePadding(length, (size[axis] - 1) * dilations[axis] + 1, strides[axis], false);
    return same[0] === before && same[1] === after;
  };
  if (isSame(rows, 0, height) && isSame(columns, 1, width)) return 'same';
  return [
    [0, 0],
    [rows[0], rows[1]],
    [columns[0], columns[1]],
    [0, 0],
  ];
}

/** What makes the map that comes out ⌈length / stride⌉ long; an odd one more goes behind, or `before` it. */
function samePadding(length: number, reach: number, stride: number, oddBefore: boolean): readonly [number, number] {
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
  const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return oddBefore ? [more, less] : [less, more];
}

function pair(node: OperatorNode, values: readonly number[] | undefined): readonly [number, number] {
  const [height, width, ...rest] = values ?? [];
  if (height === undefined || width === undefined || rest.length > 0)
    return node.refuse('anything but two-dimensional maps');
  return [height, width];
}
