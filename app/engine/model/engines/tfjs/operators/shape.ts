import * as tf from '@tensorflow/tfjs-core';

import { integerList, type Operator } from '../operator.ts';
import { asPlain, axisIn, dimsOf, integersValue, nhwcValue, plainValue, type Value } from '../value.ts';

/** Operators that change how numbers are arranged and not the numbers. */
export const identity: Operator = () => (inputs) => copyOf(inputs.value(0));

/** Dropping out is for training. Its ratio is read and does nothing. */
export const dropout: Operator = (node) => {
  node.attributes.float('ratio', 0.5);
  node.attributes.integer('seed', 0);
  return (inputs) => copyOf(inputs.value(0));
};

/** Floats to floats and whole numbers to whole numbers: here that is all there is. */
export const cast: Operator = (node) => {
  const to = node.attributes.integer('to', 0);
  const [isFloat, isInteger] = [to === 1, to === 6 || to === 7];
  if (!isFloat && !isInteger) node.refuse(`casts to the element type ${to}`);
  return (inputs) => {
    const value = inputs.value(0);
    if (value.kind === 'integers') {
      return isInteger ? value : plainValue(tf.tensor([...value.values], [...value.dims], 'float32'));
    }
    return isFloat ? copyOf(value) : node.refuse('casts of floats to whole numbers');
  };
};

export const transpose: Operator = (node) => {
  const given = node.attributes.integers('perm');
  return (inputs) => {
    const value = inputs.tensor(0);
    const rank = value.tensor.rank;
    const order = given ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
    // These two only say what the other layout already is.
    if (value.layout === 'nhwc' && order.join() === '0,2,3,1') return plainValue(tf.clone(value.tensor));
    if (value.layout === 'plain' && order.join() === '0,3,1,2') return nhwcValue(tf.clone(value.tensor));
    return plainValue(tf.transpose(asPlain(value), [...order]));
  };
};

/** 0 keeps a size that comes in, −1 takes what is left. */
export const reshape: Operator = (node) => {
  if (node.attributes.integer('allowzero', 0) !== 0) node.refuse('allowzero');
  const shape = integerList(node, 'shape', 1);
  return (inputs) => {
    const value = inputs.value(0);
    const wanted = shape(inputs);
    if (value.kind === 'integers') return integersValue(value.values, wanted.length === 0 ? [] : [value.values.length]);
    const dims = dimsOf(value);
    return plainValue(
      tf.reshape(
        asPlain(value),
        wanted.map((size, i) => (size === 0 ? (dims[i] ?? 0) : size)),
      ),
    );
  };
};

export const flatten: Operator = (node) => {
  const axis = node.attributes.integer('axis', 1);
  return (inputs) => {
    const value = inputs.tensor(0);
    const before = dimsOf(value).slice(0, axis);
    return plainValue(tf.reshape(asPlain(value), [before.reduce((product, size) => product * size, 1), -1]));
  };
};

export const squeeze: Operator = (node) => {
  const axes = node.attributes.integers('axes');
  return (inputs) => {
    const value = inputs.value(0);
    const dims = dimsOf(value);
    const given = axes ?? (inputs.count > 1 ? inputs.integers(1).values : undefined);
    const gone = given?.map((axis) => (axis < 0 ? axis + dims.length : axis));
    const kept = dims.filter((size, i) => (gone ? !gone.includes(i) : size !== 1));
    return rearranged(value, kept);
  };
};

export const unsqueeze: Operator = (node) => {
  const axes = integerList(node, 'axes', 1);
  return (inputs) => {
    const value = inputs.value(0);
    const dims = [...dimsOf(value)];
    const given = axes(inputs);
    const rank = dims.length + given.length;
    const added = given.map((axis) => (axis < 0 ? axis + rank : axis));
    return rearranged(
      value,
      Array.from({ length: rank }, (_, i) => (added.includes(i) ? 1 : (dims.shift() ?? 1))),
    );
  };
};

export const shape: Operator = (node) => {
  const start = node.attributes.integer('start', 0);
  const end = node.attributes.integer('end', Infinity);
  return (inputs) => integersValue(dimsOf(inputs.value(0)).slice(start, end));
};

export const concat: Operator = (node) => {
  const axis = node.attributes.integer('axis', 1);
  return (inputs) => {
    const values = Array.from({ length: inputs.count }, (_, i) => inputs.value(i));
    const integers = values.filter((value) => value.kind === 'integers');
    if (integers.length === values.length) return integersValue(integers.flatMap((value) => value.values));
    const tensors = values.map((_, i) => inputs.tensor(i));
    const [first] = tensors;
    if (first && tensors.every((value) => value.layout === 'nhwc')) {
      return nhwcValue(
        tf.concat(
          tensors.map((value) => value.tensor),
          axisIn(first, axis),
        ),
      );
    }
    const plain = tensors.map(asPlain);
    return plainValue(tf.concat(plain, axis < 0 ? axis + (plain[0]?.rank ?? 0) : axis));
  };
};

function rearranged(value: Value, dims: readonly number[]): Value {
  return value.kind === 'integers'
    ? integersValue(value.values, dims)
    : plainValue(tf.reshape(asPlain(value), [...dims]));
}

function copyOf(value: Value): Value {
  return value.kind === 'integers' ? value : { ...value, tensor: tf.clone(value.tensor) };
}
