import { createGraph, type GraphBuilder } from '../onnx/graph-builder.ts';
import { tensorType, type OnnxModel } from '../onnx/schema.ts';
import { permute } from './permute.ts';
import { weightOf, type Weight, type Weights } from './weights.ts';

/** Of the batch normalisation after depthwise convolutions, as it was trained. */
const epsilon = 0.001;
/** Blocks of MobileNet whose depthwise convolution halves the map. */
const halving = new Set([2, 4, 6, 12]);
/** Blocks whose maps faces are looked for in: the last of stride 16, and the last. */
const [middle, last] = [11, 13];

/**
 * The SSD with MobileNet v1 of face-api.js (Liu et al. 2016, arXiv 1512.02325; Howard et al. 2017, arXiv 1704.04861)
 * without its last part, which works out boxes for 512 × 512 pixels: what is left takes a picture of any size.
 * `image` is uint8 [batch, height, width, 3]; outputs are `scores` [batch, anchors], the probability of a face, and
 * `shifts` [batch, anchors, 4] (x, y, width, height) in the terms of SSD. Anchors come map by map, rows first.
 */
export function emitSsdMobilenet(weights: Weights): OnnxModel {
  const net = createNet(weights);
  let maps = net.convolve('MobilenetV1/Conv2d_0_pointwise', net.image(), 2);
  const seen: string[] = [];
  for (let block = 1; block <= last; block++) {
    maps = net.depthwise(`MobilenetV1/Conv2d_${block}_depthwise`, maps, halving.has(block) ? 2 : 1);
    maps = net.convolve(`MobilenetV1/Conv2d_${block}_pointwise`, maps, 1);
    if (block === middle || block === last) seen.push(maps);
  }
  for (let pair = 0; pair < 4; pair++) {
    maps = net.convolve(`Prediction/Conv2d_${2 * pair}_pointwise`, maps, 1);
    maps = net.convolve(`Prediction/Conv2d_${2 * pair + 1}_pointwise`, maps, 2);
    seen.push(maps);
  }
  const { graph } = net;
  const joined = (kind: 'scores' | 'shifts'): string =>
    graph.node(
      'Concat',
      seen.map((map, i) => net[kind](`Prediction/BoxPredictor_${i}`, map)),
      { axis: 1 },
    );
  graph.output('scores', graph.node('Sigmoid', [joined('scores')]), ['batch', 'anchors']);
  graph.output('shifts', joined('shifts'), ['batch', 'anchors', 4]);
  return graph.build();
}

interface Net {
  readonly graph: GraphBuilder;
  image(): string;
  convolve(name: string, input: string, stride: 1 | 2): string;
  depthwise(name: string, input: string, stride: 1 | 2): string;
  scores(name: string, input: string): string;
  shifts(name: string, input: string): string;
}

function createNet(weights: Weights): Net {
  const graph = createGraph('SSD-MobileNet v1');
  const bounds = [0, 6].map((bound) => graph.floats(Float32Array.of(bound), []));
  const get = (name: string): Weight => weightOf(weights, name);
  const conv = (input: string, kernel: Weight, bias: Weight, stride: 1 | 2, group = 1): string => {
    const inputs = [input, graph.floats(kernel.values, kernel.dims), graph.floats(bias.values, bias.dims)];
    const size = kernel.dims.slice(2);
    return graph.node('Conv', inputs, { kernel_shape: size, strides: [stride, stride], group, auto_pad: 'SAME_UPPER' });
  };
  const clipped = (value: string): string => graph.node('Clip', [value, ...bounds]);
  /** A predictor's numbers, those at `picked` of every `each`, as [batch, anchors, picked] or [batch, anchors]. */
  const predict = (name: string, input: string, each: number, picked: readonly number[], dims: readonly number[]) => {
    const kernel = pick(permute(get(`${name}/weights`), [3, 2, 0, 1]), each, picked);
    const maps = conv(input, kernel, pick(get(`${name}/biases`), each, picked), 1);
    const rows = graph.node('Transpose', [maps], { perm: [0, 2, 3, 1] });
    return graph.node('Reshape', [rows, graph.integers(dims)]);
  };
  return {
    graph,
    image: () => {
      const image = graph.input('image', 'uint8', ['batch', 'height', 'width', 3]);
      const cast = graph.node('Cast', [image], { to: tensorType.float });
      const planes = graph.node('Transpose', [cast], { perm: [0, 3, 1, 2] });
      const centred = graph.node('Sub', [planes, graph.floats(Float32Array.of(127.5), [1])]);
      return graph.node('Div', [centred, graph.floats(Float32Array.of(127.5), [1])]);
    },
    convolve: (name, input, stride) => {
      const kernel = permute(get(`${name}/weights`), [3, 2, 0, 1]);
      return clipped(conv(input, kernel, get(`${name}/convolution_bn_offset`), stride));
    },
    depthwise: (name, input, stride) => {
      const kernel = permute(get(`${name}/depthwise_weights`), [2, 3, 0, 1]);
      const folded = foldNormalisation(kernel, (part) => get(`${name}/BatchNorm/${part}`).values);
      return clipped(conv(input, folded.kernel, folded.bias, stride, kernel.dims[0]));
    },
    // Of three classes (nothing, face, and one that was never trained) the second.
    scores: (name, input) => predict(`${name}/ClassPredictor`, input, 3, [1], [0, -1]),
    // Trained in the order y, x, height, width.
    shifts: (name, input) => predict(`${name}/BoxEncodingPredictor`, input, 4, [1, 0, 3, 2], [0, -1, 4]),
  };
}

/** The rows of a tensor at the places `picked` within every group of `each` rows. */
function pick({ dims, values }: Weight, each: number, picked: readonly number[]): Weight {
  const [rows = 0, ...rest] = dims;
  const length = values.length / rows;
  const groups = rows / each;
  const chosen = new Float32Array(groups * picked.length * length);
  for (let group = 0, to = 0; group < groups; group++) {
    for (const place of picked) {
      const from = (group * each + place) * length;
      chosen.set(values.subarray(from, from + length), to);
      to += length;
    }
  }
  return { dims: [groups * picked.length, ...rest], values: chosen };
}

type Normalisation = 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';

/** A convolution and the batch normalisation after it as one. `kernel`: [out, …]. */
function foldNormalisation(
  kernel: Weight,
  of: (part: Normalisation) => Float32Array,
): { readonly kernel: Weight; readonly bias: Weight } {
  const [mean, variance, beta] = [of('moving_mean'), of('moving_variance'), of('beta')];
  const scale = of('gamma').map((gamma, out) => gamma / Math.sqrt((variance[out] ?? 0) + epsilon));
  const each = kernel.values.length / scale.length;
  return {
    kernel: { ...kernel, values: kernel.values.map((value, i) => value * (scale[Math.floor(i / each)] ?? 0)) },
    bias: { dims: [scale.length], values: beta.map((shift, out) => shift - (mean[out] ?? 0) * (scale[out] ?? 0)) },
  };
}
