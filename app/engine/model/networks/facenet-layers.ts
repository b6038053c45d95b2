import { createGraph, type GraphBuilder } from '../onnx/graph-builder.ts';
import { permute } from './permute.ts';
import type { WeightSource } from './weight-source.ts';

/** A value of the graph with its number of channels. */
export interface Maps {
  readonly name: string;
  readonly channels: number;
}

interface Convolution {
  readonly kernel: readonly [height: number, width: number];
  readonly stride?: number;
  /** The size stays as it is: the border is filled with zeros. Else it shrinks to where the kernel fits. */
  readonly same?: boolean;
}

/** What Inception-ResNet-v1 is made of. Convolutions are followed by a rectifier. */
export interface Layers {
  readonly graph: GraphBuilder;
  readonly conv: (name: string, input: Maps, channels: number, options: Convolution) => Maps;
  /** A convolution of 1 × 1. */
  readonly point: (name: string, input: Maps, channels: number) => Maps;
  /** One of 3 × 3 that keeps the size. */
  readonly same3: (name: string, input: Maps, channels: number) => Maps;
  /** One of 3 × 3 to half the size. */
  readonly halve: (name: string, input: Maps, channels: number) => Maps;
  /** A branch with a kernel of `length` × `length` taken apart into a row and a column. */
  readonly crossed: (name: string, input: Maps, channels: number, length: number) => Maps;
  readonly pool: (input: Maps) => Maps;
  readonly concat: (...parts: readonly Maps[]) => Maps;
  /** What the branches found, weighed and added to what went in. */
  readonly residual: (name: string, input: Maps, branches: Maps, gain: number, rectified: boolean) => Maps;
  /** The embedding, from the mean of each map. */
  readonly bottleneck: (input: Maps, dimensions: number) => string;
}

export function createFaceNetLayers(weights: WeightSource): Layers {
  const graph = createGraph('Inception-ResNet-v1');
  const relu = ({ name, channels }: Maps): Maps => ({ name: graph.node('Relu', [name]), channels });
  const linear = (name: string, input: Maps, channels: number, options: Convolution, gain?: number): Maps => {
    const { kernel, stride = 1, same = false } = options;
    const [height, width] = kernel;
    const weight = permute(weights(`${name}_kernel`, [channels, height, width, input.channels], gain), [0, 3, 1, 2]);
    const bias = weights(`${name}_Conv2D_bias`, [channels]);
    const border = same ? [(height - 1) / 2, (width - 1) / 2] : [0, 0];
    const inputs = [input.name, graph.floats(weight.values, weight.dims), graph.floats(bias.values, bias.dims)];
    const sizes = { kernel_shape: kernel, strides: [stride, stride], pads: [...border, ...border] };
    return { name: graph.node('Conv', inputs, sizes), channels };
  };
  const conv: Layers['conv'] = (name, input, channels, options) => relu(linear(name, input, channels, options));
  const point: Layers['point'] = (name, input, channels) => conv(name, input, channels, { kernel: [1, 1] });

  return {
    graph,
    conv,
    point,
    same3: (name, input, channels) => conv(name, input, channels, { kernel: [3, 3], same: true }),
    halve: (name, input, channels) => conv(name, input, channels, { kernel: [3, 3], stride: 2 }),
    crossed: (name, input, channels, length) => {
      const narrow = point(`${name}_Conv2d_0a_1x1`, input, channels);
      const row = conv(`${name}_Conv2d_0b_1x${length}`, narrow, channels, { kernel: [1, length], same: true });
      return conv(`${name}_Conv2d_0c_${length}x1`, row, channels, { kernel: [length, 1], same: true });
    },
    pool: ({ name, channels }) => ({
      name: graph.node('MaxPool', [name], { kernel_shape: [3, 3], strides: [2, 2] }),
      channels,
    }),
    concat: (...parts) => {
      const names = parts.map(({ name }) => name);
      return {
        name: graph.node('Concat', names, { axis: 1 }),
        channels: parts.reduce((sum, part) => sum + part.channels, 0),
      };
    },
    residual: (name, input, branches, gain, rectified) => {
      const change = linear(`${name}_Conv2d_1x1`, branches, input.channels, { kernel: [1, 1] }, gain);
      const sum = { ...input, name: graph.node('Add', [input.name, change.name]) };
      return rectified ? relu(sum) : sum;
    },
    bottleneck: ({ name, channels }, dimensions) => {
      const means = graph.node('Flatten', [graph.node('GlobalAveragePool', [name])], { axis: 1 });
      const matrix = permute(weights('Bottleneck_kernel_transpose', [dimensions, channels]), [1, 0]);
      const bias = weights('Bottleneck_MatMul_bias', [dimensions]);
      return graph.node('Gemm', [
        means,
        graph.floats(matrix.values, matrix.dims),
        graph.floats(bias.values, bias.dims),
      ]);
    },
  };
}
