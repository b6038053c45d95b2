import { createGraph, type GraphBuilder } from '../onnx/graph-builder.ts';
import type { OnnxModel } from '../onnx/schema.ts';
import { weightOf, type Weight, type Weights } from './weights.ts';

/**
 * The three networks of MTCNN (Zhang et al. 2016, arXiv 1604.02878, figure 2) as ONNX graphs, from the weights
 * that face-api.js converted from the authors' Caffe models.
 *
 * Those were trained on column-major RGB pictures: kernels and flattened maps have x before y. They are
 * turned here, so that the graphs take pictures as they are: `image` is uint8 [batch, height, width, 3].
 * Outputs are `scores` (probability of a face), `shifts` (left, top, right, bottom as parts of the box's side) and,
 * in O-Net, `points` (5 × x, then 5 × y, as parts of the box's side).
 */
export function emitPNet(weights: Weights): OnnxModel {
  const net = createNet('P-Net', 'pnet', weights);
  const image = net.image('height', 'width');
  const maps = net.activate(
    3,
    net.conv('conv3', net.activate(2, net.conv('conv2', net.pool(2, 0, net.activate(1, net.conv('conv1', image)))))),
  );
  const face = net.faceOf(net.conv('conv4_1', maps));
  net.graph.output('scores', face, ['batch', 1, 'rows', 'columns']);
  net.graph.output('shifts', net.conv('conv4_2', maps), ['batch', 4, 'rows', 'columns']);
  return net.graph.build();
}

/** Takes boxes of 24 × 24 pixels. */
export function emitRNet(weights: Weights): OnnxModel {
  const net = createNet('R-Net', 'rnet', weights);
  const first = net.pool(3, 1, net.activate(1, net.conv('conv1', net.image(24, 24))));
  const second = net.pool(3, 0, net.activate(2, net.conv('conv2', first)));
  const maps = net.activate(3, net.conv('conv3', second));
  const features = net.activate(4, net.dense('fc1', net.graph.node('Flatten', [maps], { axis: 1 }), 3));
  net.graph.output('scores', net.faceOf(net.dense('fc2_1', features)), ['batch', 1]);
  net.graph.output('shifts', net.dense('fc2_2', features), ['batch', 4]);
  return net.graph.build();
}

/** Takes boxes of 48 × 48 pixels. */
export function emitONet(weights: Weights): OnnxModel {
  const net = createNet('O-Net', 'onet', weights);
  const first = net.pool(3, 1, net.activate(1, net.conv('conv1', net.image(48, 48))));
  const second = net.pool(3, 0, net.activate(2, net.conv('conv2', first)));
  const third = net.pool(2, 0, net.activate(3, net.conv('conv3', second)));
  const maps = net.activate(4, net.conv('conv4', third));
  const features = net.activate(5, net.dense('fc1', net.graph.node('Flatten', [maps], { axis: 1 }), 3));
  net.graph.output('scores', net.faceOf(net.dense('fc2_1', features)), ['batch', 1]);
  net.graph.output('shifts', net.dense('fc2_2', features), ['batch', 4]);
  net.graph.output('points', net.dense('fc2_3', features), ['batch', 10]);
  return net.graph.build();
}

interface Net {
  readonly graph: GraphBuilder;
  image(height: number | string, width: number | string): string;
  conv(name: string, input: string): string;
  activate(layer: number, input: string): string;
  pool(size: number, overhang: number, input: string): string;
  /** `side`: of the map that was flattened into `input`; 0 where it is no map. */
  dense(name: string, input: string, side?: number): string;
  faceOf(logits: string): string;
}

function createNet(title: string, prefix: string, weights: Weights): Net {
  const graph = createGraph(title);
  const get = (name: string): Weight => weightOf(weights, `${prefix}/${name}`);
  const add = ({ values }: Weight, dims: readonly number[]): string => graph.floats(values, dims);
  // After a flattened layer activations are per feature, before it per channel of a map.
  const mapped = new Set<string>();
  const onMap = (value: string): string => {
    mapped.add(value);
    return value;
  };
  return {
    graph,
    image: (height, width) => {
      const image = graph.input('image', 'uint8', ['batch', height, width, 3]);
      const planes = graph.node('Transpose', [graph.node('Cast', [image], { to: 1 })], { perm: [0, 3, 1, 2] });
      const centred = graph.node('Sub', [planes, graph.floats(Float32Array.of(127.5), [1])]);
      return graph.node('Mul', [centred, graph.floats(Float32Array.of(1 / 128), [1])]);
    },
    conv: (name, input) => {
      const kernel = uprightKernel(get(`${name}/weights`));
      const bias = get(`${name}/bias`);
      const size = kernel.dims.slice(2);
      return onMap(graph.node('Conv', [input, add(kernel, kernel.dims), add(bias, bias.dims)], { kernel_shape: size }));
    },
    activate: (layer, input) => {
      const slope = get(`prelu${layer}_alpha`);
      const value = graph.node('PRelu', [input, add(slope, mapped.has(input) ? [...slope.dims, 1, 1] : slope.dims)]);
      return mapped.has(input) ? onMap(value) : value;
    },
    pool: (size, overhang, input) =>
      onMap(
        graph.node('MaxPool', [input], {
          kernel_shape: [size, size],
          strides: [2, 2],
          pads: [0, 0, overhang, overhang],
        }),
      ),
    dense: (name, input, side = 0) => {
      const matrix = get(`${name}/weights`);
      const bias = get(`${name}/bias`);
      const upright = side > 0 ? uprightMatrix(matrix, side) : matrix;
      return graph.node('Gemm', [input, add(upright, upright.dims), add(bias, bias.dims)]);
    },
    faceOf: (logits) => {
      const both = graph.node('Softmax', [logits], { axis: 1 });
      return graph.node('Gather', [both, graph.integers([1])], { axis: 1 });
    },
  };
}

/** [x, y, in, out] to ONNX's [out, in, y, x]. */
function uprightKernel({ dims, values }: Weight): Weight {
  const [width = 0, height = 0, inputs = 0, outputs = 0] = dims;
  const upright = new Float32Array(values.length);
  for (let x = 0, from = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      for (let channel = 0; channel < inputs; channel++) {
        for (let out = 0; out < outputs; out++, from++) {
          upright[((out * inputs + channel) * height + y) * width + x] = values[from] ?? 0;
        }
      }
    }
  }
  return { dims: [outputs, inputs, height, width], values: upright };
}

/** Rows in the order x, y, channel to the order channel, y, x of a flattened map of `side` × `side`. */
function uprightMatrix({ dims, values }: Weight, side: number): Weight {
  const [rows = 0, columns = 0] = dims;
  const channels = rows / (side * side);
  const upright = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    const channel = row % channels;
    const y = Math.floor(row / channels) % side;
    const x = Math.floor(row / (channels * side));
    upright.set(values.subarray(row * columns, (row + 1) * columns), ((channel * side + y) * side + x) * columns);
  }
  return { dims: [rows, columns], values: upright };
}
