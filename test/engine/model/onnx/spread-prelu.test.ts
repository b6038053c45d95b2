import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';

import { encodeModel } from '../../../../app/engine/model/onnx/codec.ts';
import { createGraph } from '../../../../app/engine/model/onnx/graph-builder.ts';
import type { OnnxModel } from '../../../../app/engine/model/onnx/schema.ts';
import { spreadPrelu } from '../../../../app/engine/model/onnx/spread-prelu.ts';

const wave = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(1.7 * i));

/** A convolution of 3 maps to `slope.length`, PRelu, and another convolution. */
function network(slope: Float32Array, slopeDims: readonly number[]): OnnxModel {
  const channels = slope.length;
  const graph = createGraph('bent');
  const maps = graph.node('Conv', [
    graph.input('x', 'float', ['n', 3, 6, 5]),
    graph.floats(wave(3 * channels), [channels, 3, 1, 1]),
  ]);
  const bent = graph.node('PRelu', [maps, graph.floats(slope, slopeDims)]);
  graph.output('y', graph.node('Conv', [bent, graph.floats(wave(4 * channels), [4, channels, 1, 1])]), ['n', 4, 6, 5]);
  return graph.build();
}

async function run(model: OnnxModel): Promise<Float32Array> {
  const session = await InferenceSession.create(encodeModel(model));
  const { y } = await session.run({ x: new Tensor('float32', wave(2 * 3 * 6 * 5), [2, 3, 6, 5]) });
  return y!.data as Float32Array;
}

const operators = (model: OnnxModel): string[] => model.graph.node.map(({ opType }) => opType);

describe('PRelu as operators that stay in blocks of channels', () => {
  const gentle = Float32Array.from({ length: 16 }, (_, i) => 1 - i / 5);
  const steep = gentle.with(3, 1.4);
  test.each([
    ['slopes up to one', gentle, [16, 1, 1]],
    ['a slope above one', steep, [16, 1, 1]],
    ['slopes with a dimension for the batch', gentle, [1, 16, 1, 1]],
  ])('gives the same numbers: %s', async (_, slope, dims) => {
    const model = network(slope, dims);
    const spread = spreadPrelu(model);
    expect(operators(spread)).not.toContain('PRelu');
    const [before, after] = [await run(model), await run(spread)];
    expect(Math.max(...before.map((value, i) => Math.abs(value - (after[i] ?? NaN))))).toBeLessThan(1e-5);
  });

  test.each([
    ['a slope for all channels', network(Float32Array.of(0.2), [1, 1, 1])],
    ['channels that do not fill blocks', network(gentle.subarray(0, 10), [10, 1, 1])],
  ])('is left alone: %s', (_, model) => {
    expect(spreadPrelu(model)).toEqual(model);
  });

  test('is left alone where no maps of a convolution come in', () => {
    const graph = createGraph('bent');
    const x = graph.input('x', 'float', ['n', 16, 6, 5]);
    graph.output('y', graph.node('PRelu', [x, graph.floats(gentle, [16, 1, 1])]), ['n', 16, 6, 5]);
    expect(operators(spreadPrelu(graph.build()))).toContain('PRelu');
  });
});
