import { createGraph } from '../onnx/graph-builder.ts';
import { tensorType, type OnnxModel } from '../onnx/schema.ts';
import { permute } from './permute.ts';
import { weightOf, type Weight, type Weights } from './weights.ts';

/** What is taken off red, green and blue before they are divided by 255. */
const mean = Float32Array.of(117.001, 114.697, 97.404);
const leak = 0.1;
const anchors = 5;

/**
 * The tiny face detector of face-api.js, a Tiny YOLO v2 (Redmon and Farhadi 2017, arXiv 1612.08242) made of separable
 * convolutions, as an ONNX graph. `image` is uint8 [batch, height, width, 3]; the output `cells` is
 * [batch, 5 × 5, rows, columns]: for each of five anchors x, y, width, height and certainty as YOLO codes them.
 */
export function emitTinyFace(weights: Weights): OnnxModel {
  const graph = createGraph('tiny face detector');
  const add = ({ dims, values }: Weight): string => graph.floats(values, dims);
  const kernel = (name: string, order: readonly number[]): Weight => permute(weightOf(weights, name), order);
  const leaky = (value: string): string => graph.node('LeakyRelu', [value], { 'alpha:f': leak });
  const dense = (name: string, filters: string, input: string): string => {
    const weight = kernel(`${name}/${filters}`, [3, 2, 0, 1]);
    const bias = weightOf(weights, `${name}/bias`);
    return graph.node('Conv', [input, add(weight), add(bias)], { kernel_shape: weight.dims.slice(2) });
  };
  const separable = (name: string, input: string): string => {
    const weight = kernel(`${name}/depthwise_filter`, [2, 3, 0, 1]);
    const sizes = { kernel_shape: [3, 3], pads: [1, 1, 1, 1], group: weight.dims[0] ?? 1 };
    return leaky(dense(name, 'pointwise_filter', graph.node('Conv', [input, add(weight)], sizes)));
  };
  const pool = (input: string, stride: 1 | 2): string =>
    graph.node('MaxPool', [input], { kernel_shape: [2, 2], strides: [stride, stride], pads: [0, 0, 1, 1] });

  const image = graph.input('image', 'uint8', ['batch', 'height', 'width', 3]);
  const centred = graph.node('Sub', [graph.node('Cast', [image], { to: tensorType.float }), graph.floats(mean, [3])]);
  const scaled = graph.node('Div', [centred, graph.floats(Float32Array.of(255), [1])]);
  let maps = leaky(dense('conv0', 'filters', graph.node('Transpose', [scaled], { perm: [0, 3, 1, 2] })));
  for (const name of ['conv1', 'conv2', 'conv3', 'conv4', 'conv5']) maps = separable(name, pool(maps, 2));
  graph.output('cells', dense('conv8', 'filters', pool(maps, 1)), ['batch', 5 * anchors, 'rows', 'columns']);
  return graph.build();
}
