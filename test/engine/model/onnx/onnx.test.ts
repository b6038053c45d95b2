import { expect, test } from 'vitest';

import { openOrt } from '../../../../app/engine/model/engines/ort.ts';
import { outputOf } from '../../../../app/engine/model/network.ts';
import { decodeModel, encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import { cutAt, freeBatch } from '../../../../app/engine/model/onnx/edit.ts';
import { createGraph } from '../../../../app/engine/model/onnx/graph-builder.ts';
import { integerTensor } from '../../../../app/engine/model/onnx/tensor-data.ts';

/** y = flatten(x) · w + 1 for one row, as an exporter writes it that knows no other batch. */
function exported() {
  const graph = createGraph('tiny');
  const x = graph.input('x', 'float', [1, 2, 1]);
  const flat = graph.node('Reshape', [x, graph.integers([1, -1])]);
  const product = graph.node('MatMul', [flat, graph.floats(Float32Array.of(2, 3), [2, 1])]);
  graph.output('y', graph.node('Add', [product, graph.floats(Float32Array.of(1), [1])]), [1, 1]);
  return { model: graph.build(), product };
}

test('a graph that was put together runs', async () => {
  const network = await openOrt(encodeModel(exported().model), 1);
  const outputs = await network.run({ x: { data: Float32Array.of(10, 100), dims: [1, 2, 1] } });
  expect(outputOf(outputs, 'y').data).toEqual(Float32Array.of(321));
  await network.close();
});

test('what was written is read again as it was', () => {
  const bytes = encodeModel(exported().model);
  expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
});

test('a batch that was fixed to one can be set free', async () => {
  const network = await openOrt(encodeModel(freeBatch(exported().model)), 1);
  const outputs = await network.run({ x: { data: Float32Array.of(1, 0, 0, 1), dims: [2, 2, 1] } });
  expect(outputOf(outputs, 'y').data).toEqual(Float32Array.of(3, 4));
  await network.close();
});

test('a graph that is cut gives what was inside and has lost what came after', async () => {
  const { model, product } = exported();
  const cut = cutAt(model, { [product]: 'inside' });
  expect(cut.graph.node.map(({ opType }) => opType)).not.toContain('Add');
  expect(cut.graph.initializer).toHaveLength(2);
  const network = await openOrt(encodeModel(cut), 1);
  const outputs = await network.run({ x: { data: Float32Array.of(10, 100), dims: [1, 2, 1] } });
  expect(outputOf(outputs, 'inside').data).toEqual(Float32Array.of(320));
  await network.close();
});

test('a value that is not there cannot be cut at', () => {
  expect(() => cutAt(exported().model, { nothing: 'y' })).toThrow('no value called nothing');
});

test.each([
  ['nothing', new Uint8Array()],
  ['a text', new TextEncoder().encode('this is no model')],
  ['half a file', encodeModel(exported().model).slice(0, 90)],
])('%s is refused', async (_, bytes) => {
  expect(() => decodeModel(bytes)).toThrow('readable ONNX');
  await expect(openOrt(bytes, 1)).rejects.toMatchObject({ code: 'model-damaged' });
});

/** The same model with one more operator, whose attribute is `ints`. */
function withInts(ints: (number | bigint)[]): Uint8Array {
  const { model } = exported();
  const [node] = model.graph.node;
  node!.attribute.push({ name: 'ends', type: 7, ints: ints as number[] });
  return encodeModel(model);
}

test('a whole number that a double cannot hold is refused, wherever it stands', () => {
  const wide = exported().model;
  wide.graph.initializer[0]!.dims = [2 ** 60, 1];
  expect(() => decodeModel(encodeModel(wide))).toThrow(/beyond 2\^53 in the size of/);
  expect(() => decodeModel(withInts([2 ** 53]))).toThrow(/beyond 2\^53 in ends of Reshape/);
  const shape = exported().model;
  shape.graph.initializer[0] = integerTensor(shape.graph.initializer[0]!.name!, [1, 2 ** 54], [2]);
  expect(() => decodeModel(encodeModel(shape))).toThrow(/beyond 2\^53 in the tensor/);
  const batch = exported().model;
  batch.graph.input[0]!.type!.tensorType!.shape!.dim[0] = { dimValue: 2 ** 55 };
  expect(() => decodeModel(encodeModel(batch))).toThrow(/beyond 2\^53 in the size of x/);
});

test('the largest 64-bit number, which stands for "to the end", is kept to the last bit', () => {
  const bytes = withInts([2 ** 63, -(2 ** 63), 2 ** 53 - 1]);
  expect(encodeModel(decodeModel(bytes))).toEqual(bytes);
  const end = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
  expect(Buffer.from(bytes).includes(Buffer.from(end))).toBe(true);
});

test('a run with a wrong shape fails as such', async () => {
  const network = await openOrt(encodeModel(exported().model), 1);
  await expect(network.run({ x: { data: Float32Array.of(1), dims: [1, 1, 1] } })).rejects.toMatchObject({
    code: 'model-failed',
  });
  await network.close();
});
