import * as tf from '@tensorflow/tfjs-core';

import type { Inputs, Operator, OperatorNode } from '../operator.ts';
import { asPlain, axisIn, dimsOf, integersValue, plainValue } from '../value.ts';

/** Operators that pick out a part, or add a border. */
export const gather: Operator = (node) => {
  const axis = node.attributes.integer('axis', 0);
  return (inputs) => {
    const value = inputs.value(0);
    const picked = inputs.integers(1);
    const size = dimsOf(value).at(axis) ?? 0;
    const places = picked.values.map((place) => (place < 0 ? place + size : place));
    if (value.kind === 'integers')
      return integersValue(
        places.map((place) => value.values[place] ?? 0),
        picked.dims,
      );
    const indices = tf.tensor([...places], [...picked.dims], 'int32');
    if (picked.dims.length === 1) return { ...value, tensor: tf.gather(value.tensor, indices, axisIn(value, axis)) };
    const plain = asPlain(value);
    return plainValue(tf.gather(plain, indices, axis < 0 ? axis + plain.rank : axis));
  };
};

/** Starts, ends, axes and steps are attributes up to operator set 9, inputs later. */
export const slice: Operator = (node) => {
  const given = ['starts', 'ends', 'axes'].map((name) => node.attributes.integers(name));
  const list = (inputs: Inputs, i: number): readonly number[] | undefined =>
    given[i] ?? (inputs.count > i + 1 && node.has(i + 1) ? inputs.integers(i + 1).values : undefined);
  return (inputs) => {
    const value = inputs.value(0);
    const dims = dimsOf(value);
    const starts = list(inputs, 0) ?? node.refuse('no starts');
    const ends = list(inputs, 1) ?? node.refuse('no ends');
    const axes = list(inputs, 2) ?? starts.map((_, i) => i);
    const steps = inputs.count > 4 ? inputs.integers(4).values : [];
    if (steps.some((step) => step < 1)) node.refuse('steps backwards');
    if (value.kind === 'integers') {
      const [from, to, step] = [starts[0] ?? 0, ends[0] ?? 0, steps[0] ?? 1];
      return integersValue(value.values.slice(from, to).filter((_, i) => i % step === 0));
    }
    const { shape } = value.tensor;
    const [begin, end, stride] = [shape.map(() => 0), [...shape], shape.map(() => 1)];
    axes.forEach((axis, i) => {
      const size = dims.at(axis) ?? 0;
      const place = axisIn(value, axis);
      begin[place] = inside(starts[i] ?? 0, size);
      end[place] = inside(ends[i] ?? size, size);
      stride[place] = steps[i] ?? 1;
    });
    return { ...value, tensor: tf.stridedSlice(value.tensor, begin, end, stride) };
  };
};

export const pad: Operator = (node) => {
  const mode = node.attributes.text('mode', 'constant');
  if (mode !== 'constant' && mode !== 'reflect') return node.refuse(`mode ${mode}`);
  const given = node.attributes.integers('pads');
  const filling = fillingOf(node);
  return (inputs) => {
    const value = inputs.tensor(0);
    const pads = given ?? inputs.integers(1).values;
    const rank = value.tensor.rank;
    const around = Array.from({ length: rank }, (): [number, number] => [0, 0]);
    for (let axis = 0; axis < rank; axis++) around[axisIn(value, axis)] = [pads[axis] ?? 0, pads[axis + rank] ?? 0];
    if (around.flat().some((size) => size < 0)) node.refuse('negative padding');
    const tensor =
      mode === 'constant' ? tf.pad(value.tensor, around, filling) : tf.mirrorPad(value.tensor, around, mode);
    return { ...value, tensor };
  };
};

/** Limits to [min, max]: attributes up to operator set 10, inputs later. */
export const clip: Operator = (node) => {
  const bound = (name: string, input: number, otherwise: number): number => {
    const constant = node.has(input) ? node.take(input) : undefined;
    if (node.has(input) && !constant) return node.refuse(`a ${name} that is worked out`);
    return constant?.values[0] ?? node.attributes.optionalFloat(name) ?? otherwise;
  };
  const [low, high] = [bound('min', 1, -3.4e38), bound('max', 2, 3.4e38)];
  return (inputs) => {
    const { tensor, layout } = inputs.tensor(0);
    return { kind: 'tensor', layout, tensor: tf.clipByValue(tensor, low, high) };
  };
};

function fillingOf(node: OperatorNode): number {
  if (!node.has(2)) return node.attributes.float('value', 0);
  return node.take(2)?.values[0] ?? node.refuse('a value that is worked out');
}

/** A place as ONNX writes it: from the end where negative, and never outside. */
function inside(place: number, size: number): number {
  return Math.min(Math.max(place < 0 ? place + size : place, 0), size);
}
