import { createGraph, type GraphBuilder } from '../onnx/graph-builder.ts';
import type { OnnxModel } from '../onnx/schema.ts';
import type { WeightSource } from './weight-source.ts';

/** Side of the input in pixels. */
const side = 150;
/** Blocks by their number of channels; each stage but the first begins with a block that halves the size. */
export const dlibStages = [
  { channels: 32, down: null, blocks: 3 },
  { channels: 64, down: 'conv64_down', blocks: 3 },
  { channels: 128, down: 'conv128_down', blocks: 2 },
  { channels: 256, down: 'conv256_down', blocks: 2 },
  { channels: 256, down: 'conv256_down_out', blocks: 0 },
] as const;

/** A value of the graph with its channels and its side in pixels. */
interface Maps {
  readonly name: string;
  readonly channels: number;
  readonly size: number;
}

/**
 * dlib's face recognition network, a ResNet of 29 layers (King 2017, `dlib_face_recognition_resnet_model_v1`), as an
 * ONNX graph. Input `image` is float [batch, 3, 150, 150], output `embedding` [batch, 128], not normalised.
 * Weights are named as in face-api.js; kernels are [out, in, height, width]. The scale and the shift after each
 * convolution become part of it.
 */
export function emitDlibResnet(weights: WeightSource): OnnxModel {
  const net = createNet(weights);
  const image = { name: net.graph.input('image', 'float', ['batch', 3, side, side]), channels: 3, size: side };
  const first = net.relu(net.conv('conv32_down', image, 32, { kernel: 7, stride: 2, padding: 0 }));
  // Sides from here on: 35, 17, 8, 4 and 2.
  let maps = net.pool('MaxPool', first, 3);
  for (const { channels, down, blocks } of dlibStages) {
    if (down) maps = net.halve(down, maps, channels);
    for (let i = 1; i <= blocks; i++) maps = net.residual(`conv${channels}_${i}`, maps);
  }
  const means = net.graph.node('Flatten', [net.graph.node('GlobalAveragePool', [maps.name])], { axis: 1 });
  const matrix = weights('fc', [maps.channels, 128]);
  const embedding = net.graph.node('MatMul', [means, net.graph.floats(matrix.values, matrix.dims)]);
  net.graph.output('embedding', embedding, ['batch', 128]);
  return net.graph.build();
}

interface Convolution {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

interface Net {
  readonly graph: GraphBuilder;
  relu(input: Maps): Maps;
  conv(name: string, input: Maps, channels: number, options: Convolution): Maps;
  pool(kind: 'MaxPool' | 'AveragePool', input: Maps, kernel: number): Maps;
  residual(name: string, input: Maps): Maps;
  halve(name: string, input: Maps, channels: number): Maps;
}

function createNet(weights: WeightSource): Net {
  const graph = createGraph('dlib ResNet');
  const relu = (input: Maps): Maps => ({ ...input, name: graph.node('Relu', [input.name]) });
  const conv: Net['conv'] = (name, input, channels, { kernel, stride, padding }) => {
    const filters = scaledFilters(weights, name, [channels, input.channels, kernel, kernel]);
    const inputs = [input.name, graph.floats(filters.kernel, filters.dims), graph.floats(filters.bias, [channels])];
    const sizes = {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
    };
    const size = Math.floor((input.size + 2 * padding - kernel) / stride) + 1;
    return { name: graph.node('Conv', inputs, sizes), channels, size };
  };
  /** The branch of a block: two convolutions, the first of which may halve the size. */
  const branch = (name: string, input: Maps, channels: number, stride: 1 | 2): Maps => {
    const entry = conv(`${name}/conv1`, input, channels, { kernel: 3, stride, padding: stride === 1 ? 1 : 0 });
    return conv(`${name}/conv2`, relu(entry), channels, { kernel: 3, stride: 1, padding: 1 });
  };
  const pool: Net['pool'] = (kind, input, kernel) => ({
    ...input,
    name: graph.node(kind, [input.name], { kernel_shape: [kernel, kernel], strides: [2, 2] }),
    size: Math.floor((input.size - kernel) / 2) + 1,
  });
  /** Adds zeros: channels at the end, rows below and columns on the right. */
  const grow = (input: Maps, channels: number, size: number): string => {
    const more = [channels - input.channels, size - input.size, size - input.size];
    if (more.every((count) => count === 0)) return input.name;
    return graph.node('Pad', [input.name, graph.integers([0, 0, 0, 0, 0, ...more])]);
  };
  const sum = (one: Maps, other: Maps): Maps => {
    const channels = Math.max(one.channels, other.channels);
    const size = Math.max(one.size, other.size);
    return { name: graph.node('Add', [grow(one, channels, size), grow(other, channels, size)]), channels, size };
  };
  return {
    graph,
    relu,
    conv,
    pool,
    residual: (name, input) => relu(sum(branch(name, input, input.channels, 1), input)),
    halve: (name, input, channels) => relu(sum(branch(name, input, channels, 2), pool('AveragePool', input, 2))),
  };
}

/** (x ∗ kernel + bias) · scale + shift as one convolution. */
function scaledFilters(
  weights: WeightSource,
  name: string,
  dims: readonly [outputs: number, inputs: number, height: number, width: number],
): { kernel: Float32Array; bias: Float32Array; dims: readonly number[] } {
  const kernel = weights(`${name}/conv/filters`, dims).values;
  const bias = weights(`${name}/conv/bias`, [dims[0]]).values;
  const scale = weights(`${name}/scale/weights`, [dims[0]]).values;
  const shift = weights(`${name}/scale/biases`, [dims[0]]).values;
  const each = kernel.length / scale.length;
  return {
    kernel: kernel.map((value, i) => value * (scale[Math.floor(i / each)] ?? 1)),
    bias: bias.map((value, out) => value * (scale[out] ?? 1) + (shift[out] ?? 0)),
    dims,
  };
}
