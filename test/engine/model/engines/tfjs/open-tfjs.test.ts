import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

import { openOrt } from '../../../../../app/engine/model/engines/ort.ts';
import { openTfjs } from '../../../../../app/engine/model/engines/tfjs/open-tfjs.ts';
import type { FloatTensor, Network, NetworkTensor } from '../../../../../app/engine/model/network.ts';
import { encodeModel } from '../../../../../app/engine/model/onnx/codec.ts';
import { createGraph, type GraphBuilder } from '../../../../../app/engine/model/onnx/graph-builder.ts';
import { attributeType, type OnnxModel, type OnnxNode } from '../../../../../app/engine/model/onnx/schema.ts';
import { createRandom } from '../../../../factories/library.ts';
import { loadableBackends } from './loadable-backends.ts';
import { randomFloats } from './single-operator.ts';

const packsDir = join(import.meta.dirname, '../../../../../resources/models/packs');
const backends = await loadableBackends();

type Inputs = Readonly<Record<string, NetworkTensor>>;

function largestDifference(one: ReadonlyMap<string, FloatTensor>, other: ReadonlyMap<string, FloatTensor>): number {
  expect([...one.keys()].sort()).toEqual([...other.keys()].sort());
  let largest = 0;
  for (const [name, { data, dims }] of one) {
    expect(other.get(name)!.dims).toEqual(dims);
    data.forEach((value, i) => (largest = Math.max(largest, Math.abs(value - other.get(name)!.data[i]!))));
  }
  return largest;
}

async function runOnce(open: Promise<Network>, inputs: Inputs): Promise<ReadonlyMap<string, FloatTensor>> {
  const network = await open;
  try {
    return await network.run(inputs);
  } finally {
    await network.close();
  }
}

/** A graph of a picture `x` of 3 × 8 × 7 with random weights. */
function graphOf(build: (graph: GraphBuilder, x: string, weights: (...dims: number[]) => string) => string): OnnxModel {
  const graph = createGraph('test');
  const random = createRandom(5);
  const x = graph.input('x', 'float', ['batch', 3, 8, 7]);
  graph.output(
    'y',
    build(graph, x, (...dims) => graph.floats(randomFloats(dims, random), dims)),
    [],
  );
  return graph.build();
}

const picture = { x: { data: randomFloats([2, 3, 8, 7], createRandom(2)), dims: [2, 3, 8, 7] } };
const positive = (graph: GraphBuilder): string => graph.floats(Float32Array.of(0.5, 1, 2, 3), [4]);

const graphs: Readonly<Record<string, OnnxModel>> = {
  'a convolution, its normalisation and its activation in one': graphOf((graph, x, weights) => {
    const conv = graph.node('Conv', [x, weights(4, 3, 3, 3), weights(4)], { pads: [1, 1, 1, 1] });
    const normal = graph.node('BatchNormalization', [conv, weights(4), weights(4), weights(4), positive(graph)]);
    return graph.node('PRelu', [normal, weights(4, 1, 1)]);
  }),
  'activations after a convolution by group': graphOf((graph, x, weights) => {
    const first = graph.node('Relu', [graph.node('Conv', [x, weights(4, 3, 1, 1)])]);
    const second = graph.node('PRelu', [
      graph.node('Conv', [first, weights(4, 2, 1, 1)], { group: 2 }),
      weights(4, 1, 1),
    ]);
    const third = graph.node('Conv', [second, weights(4, 1, 3, 3), weights(4)], { group: 4 });
    return graph.node('Clip', [third, graph.floats(Float32Array.of(0), []), graph.floats(Float32Array.of(6), [])]);
  }),
  'a convolution that two need, unfused': graphOf((graph, x, weights) => {
    const conv = graph.node('Conv', [x, weights(3, 3, 1, 1)]);
    // Whichever of the two comes first, the other needs what the convolution gave.
    const relu = graph.node('Relu', [conv]);
    return graph.node('Sum', [relu, graph.node('Add', [conv, x]), relu]);
  }),
  'a network with a branch, a flattened map and a dense layer': graphOf((graph, x, weights) => {
    const left = graph.node('Conv', [x, weights(4, 3, 3, 3)]);
    const right = graph.node('MaxPool', [graph.node('Conv', [x, weights(2, 3, 1, 1)])], { kernel_shape: [3, 3] });
    const both = graph.node('Flatten', [graph.node('Concat', [left, right], { axis: 1 })], { axis: 1 });
    return graph.node('Softmax', [graph.node('Gemm', [both, weights(180, 5), weights(5)])], { axis: 1 });
  }),
  'a shape that is worked out as it runs': graphOf((graph, x) => {
    const shape = graph.node('Shape', [x]);
    const batch = graph.node('Unsqueeze', [graph.node('Gather', [shape, graph.integers([0])]), graph.integers([1])]);
    const sizes = graph.node('Concat', [graph.node('Squeeze', [batch, graph.integers([1])]), graph.integers([-1, 7])], {
      axis: 0,
    });
    return graph.node('Reshape', [x, sizes]);
  }),
  'a constant as an output of its own accord': graphOf((graph, x, weights) =>
    graph.node('Mul', [graph.node('Identity', [weights(3, 1, 1)]), x]),
  ),
};

describe.each(backends)('a graph on %s TensorFlow.js', (backend) => {
  it.each(Object.entries(graphs))('gives what ONNX Runtime gives: %s', async (_, model) => {
    const bytes = encodeModel(model);
    const expected = await runOnce(openOrt(bytes, 1), picture);
    expect(largestDifference(expected, await runOnce(openTfjs(bytes, backend), picture))).toBeLessThan(1e-4);
  });

  it.each(['mtcnn/pnet', 'mtcnn/rnet', 'mtcnn/onet', 'ultra-light/ultra-light'])(
    'gives what ONNX Runtime gives: %s',
    async (file) => {
      const path = join(packsDir, `${file}.onnx`);
      if (!existsSync(path)) {
        console.info(`${file}.onnx is not built: skipped`);
        return;
      }
      const bytes = readFileSync(path);
      const size = file.endsWith('rnet') ? 24 : file.endsWith('onet') ? 48 : 64;
      const batch = file.startsWith('ultra-light') ? 1 : 2;
      const random = createRandom(9);
      const data = Uint8Array.from({ length: batch * size * size * 3 }, () => 256 * random());
      const inputs = { image: { data, dims: [batch, size, size, 3] } };
      const expected = await runOnce(openOrt(bytes, 1), inputs);
      expect(largestDifference(expected, await runOnce(openTfjs(bytes, backend), inputs))).toBeLessThan(1e-4);
    },
  );

  it('leaves nothing behind, run after run, also when a run fails, and gives everything back when closed', async () => {
    await openTfjs(encodeModel(graphs['a network with a branch, a flattened map and a dense layer']!), backend).then(
      (n) => n.close(),
    );
    const atFirst = tf.memory();
    const network = await openTfjs(
      encodeModel(graphs['a network with a branch, a flattened map and a dense layer']!),
      backend,
    );
    const loaded = tf.memory();
    for (let i = 0; i < 20; i++) await network.run(picture);
    // The dense layer does not fit a picture of another size.
    await expect(network.run({ x: { data: new Float32Array(3 * 64), dims: [1, 3, 8, 8] } })).rejects.toThrow(/8 × 7/);
    expect(tf.memory().numTensors).toBe(loaded.numTensors);
    expect(tf.memory().numDataBuffers).toBe(loaded.numDataBuffers);
    await network.close();
    expect(tf.memory().numTensors).toBe(atFirst.numTensors);
    expect(tf.memory().numDataBuffers).toBe(atFirst.numDataBuffers);
  });

  it('lets go of what is no longer needed while it runs', async () => {
    const graph = createGraph('a chain');
    let value = graph.input('x', 'float', [1, 250_000]);
    for (let i = 0; i < 20; i++) value = graph.node('Neg', [value]);
    graph.output('y', value, []);
    const network = await openTfjs(encodeModel(graph.build()), backend);
    const megabyte = { x: { data: new Float32Array(250_000), dims: [1, 250_000] } };
    const before = tf.memory().numBytes;
    const { peakBytes } = await tf.profile(async () => {
      await network.run(megabyte);
      return [];
    });
    expect(peakBytes - before).toBeLessThan(4_000_000);
    await network.close();
  });

  it('says what it could not do when a run fails, and leaves nothing behind', async () => {
    const graph = createGraph('any size');
    const x = graph.input('x', 'float', ['batch', 3, 'height', 'width']);
    const rows = graph.node('Flatten', [graph.node('Relu', [x])], { axis: 1 });
    graph.output('y', graph.node('MatMul', [rows, graph.floats(new Float32Array(12), [12, 1])]), []);
    const network = await openTfjs(encodeModel(graph.build()), backend);
    const before = tf.memory().numTensors;
    const wrong = network.run({ x: { data: new Float32Array(27), dims: [1, 3, 3, 3] } });
    await expect(wrong).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/could not run/) as string,
    });
    expect(tf.memory().numTensors).toBe(before);
    const right = await network.run({ x: { data: new Float32Array(12), dims: [1, 3, 2, 2] } });
    expect(right.get('y')!.dims).toEqual([1, 1]);
    await network.close();
  });
});

it.skipIf(backends.length < 2)('runs on both backends by turns in one thread', async () => {
  const bytes = encodeModel(graphs['a network with a branch, a flattened map and a dense layer']!);
  const [native, wasm] = [await openTfjs(bytes, 'native'), await openTfjs(bytes, 'wasm')];
  const results = await Promise.all([native, wasm, native, wasm].map((network) => network.run(picture)));
  for (const result of results) expect(largestDifference(results[0]!, result)).toBeLessThan(1e-4);
  await Promise.all([native.close(), wasm.close()]);
});

describe('a model that TensorFlow.js cannot run', () => {
  const simple = graphOf((graph, x) => graph.node('Relu', [x]));
  const withNode = (node: Partial<OnnxNode>): Uint8Array => {
    const [relu, ...rest] = simple.graph.node;
    return encodeModel({ ...simple, graph: { ...simple.graph, node: [{ ...relu!, ...node }, ...rest] } });
  };
  const refusal = (bytes: Uint8Array): Promise<unknown> =>
    openTfjs(bytes, 'wasm').then(
      () => 'it was opened',
      (error: unknown) => error,
    );

  it('is refused by the name of an operator that is not there', async () => {
    expect(await refusal(withNode({ opType: 'GridSample' }))).toMatchObject({
      code: 'model-failed',
      message: 'TensorFlow.js has no operator GridSample here. Run this model on ONNX Runtime.',
    });
    expect(await refusal(withNode({ opType: 'constructor' }))).toMatchObject({ code: 'model-failed' });
    expect(await refusal(withNode({ opType: 'Relu', domain: 'com.example' }))).toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('com.example.Relu') as string,
    });
  });

  it('is refused by the name of an attribute that is not known or a value of it that is not', async () => {
    const unknown = [{ name: 'sharpness', type: attributeType.int, i: 1 }];
    expect(await refusal(withNode({ attribute: unknown }))).toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/sharpness of Relu/) as string,
    });
    const mode = [{ name: 'mode', type: attributeType.string, s: new TextEncoder().encode('wrap') }];
    expect(await refusal(withNode({ opType: 'Pad', attribute: mode }))).toMatchObject({
      code: 'model-failed',
      message: expect.stringMatching(/Pad .* mode wrap/) as string,
    });
  });

  it('is called damaged where it goes round in a circle or a value comes from nowhere', async () => {
    expect(await refusal(withNode({ input: ['y'] }))).toMatchObject({ code: 'model-damaged' });
    expect(await refusal(withNode({ input: ['nowhere'] }))).toMatchObject({
      code: 'model-damaged',
      message: expect.stringContaining('nowhere') as string,
    });
  });

  it('is called damaged where a tensor claims gigabytes, or holds what is no number', async () => {
    const scaled = graphOf((graph, x, weights) => graph.node('Mul', [x, weights(3, 1, 1)]));
    const [weight] = scaled.graph.initializer;
    const withWeight = (change: object): Uint8Array =>
      encodeModel({ ...scaled, graph: { ...scaled.graph, initializer: [{ ...weight!, ...change }] } });
    expect(await refusal(withWeight({ dims: [5, 1024, 1024, 256] }))).toMatchObject({
      code: 'model-damaged',
      message: expect.stringContaining('claims 1342177280 values and holds 3') as string,
    });
    expect(await refusal(withWeight({ rawData: new Uint8Array(12).fill(0xff) }))).toMatchObject({
      code: 'model-damaged',
    });
    expect(await refusal(withWeight({ dataType: 10 }))).toMatchObject({ code: 'model-failed' });
  });

  it('leaves no tensor behind', async () => {
    const { numTensors } = tf.memory();
    const late = graphOf((graph, x, weights) =>
      graph.node('Det', [graph.node('Conv', [x, weights(4, 3, 3, 3), weights(4)])]),
    );
    expect(await refusal(encodeModel(late))).toMatchObject({ code: 'model-failed' });
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});

describe('an input that does not fit', () => {
  it('is refused before anything runs', async () => {
    const network = await openTfjs(encodeModel(graphOf((graph, x) => graph.node('Relu', [x]))), 'wasm');
    await expect(network.run({})).rejects.toThrow('The model lacks its input x.');
    await expect(network.run({ x: { data: new Float32Array(3), dims: [3] } })).rejects.toThrow(/batch × 3 × 8 × 7/);
    await expect(network.run({ x: { data: new Float32Array(3), dims: [1, 3, 8, 7] } })).rejects.toThrow(/3 numbers/);
    await network.close();
  });
});
