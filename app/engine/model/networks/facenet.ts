import type { OnnxModel } from '../onnx/schema.ts';
import { createFaceNetLayers, type Layers, type Maps } from './facenet-layers.ts';
import type { WeightSource } from './weight-source.ts';

/** Side of the input in pixels. */
const side = 160;

/** How much of a block's result is added to what went in (Szegedy et al. 2016, section 3.3; Sandberg's values). */
const residualGain = { block35: 0.17, block17: 0.1, block8: 0.2 };

/**
 * FaceNet's network as an ONNX graph: Inception-ResNet-v1 (Szegedy et al. 2016, arXiv 1602.07261, figures 10 to 14)
 * as Sandberg's facenet lays it out, with an embedding of `dimensions` numbers (FaceNet: 128, his weights: 512).
 * Input `image` is float [batch, 3, 160, 160]; output `embedding` [batch, dimensions], not normalised.
 *
 * Batch normalisation and the residual scales are part of the weights, which are named as in his TensorFlow graph;
 * kernels are [out, height, width, in], as TensorFlow Lite keeps them.
 */
export function emitFaceNet(weights: WeightSource, dimensions: number): OnnxModel {
  const layers = createFaceNetLayers(weights);
  let maps = stem(layers, layers.graph.input('image', 'float', ['batch', 3, side, side]));
  for (let i = 1; i <= 5; i++) maps = block35(layers, `Block35_${i}`, maps);
  maps = reductionA(layers, maps);
  for (let i = 1; i <= 10; i++) maps = block17(layers, `Block17_${i}`, maps);
  maps = reductionB(layers, maps);
  for (let i = 1; i <= 6; i++) maps = block8(layers, `Block8_${i}`, maps, i < 6);
  layers.graph.output('embedding', layers.bottleneck(maps, dimensions), ['batch', dimensions]);
  return layers.graph.build();
}

/** From the picture to maps of 17 × 17. */
function stem({ conv, point, halve, pool }: Layers, image: string): Maps {
  const first = halve('Conv2d_1a_3x3', { name: image, channels: 3 }, 32);
  const second = conv('Conv2d_2a_3x3', first, 32, { kernel: [3, 3] });
  const third = conv('Conv2d_2b_3x3', second, 64, { kernel: [3, 3], same: true });
  const fourth = conv('Conv2d_4a_3x3', point('Conv2d_3b_1x1', pool(third), 80), 192, { kernel: [3, 3] });
  return halve('Conv2d_4b_3x3', fourth, 256);
}

function block35({ point, same3, concat, residual }: Layers, name: string, input: Maps): Maps {
  const narrow = point(`${name}_Branch_0_Conv2d_1x1`, input, 32);
  const middle = point(`${name}_Branch_1_Conv2d_0a_1x1`, input, 32);
  const wide = same3(`${name}_Branch_2_Conv2d_0b_3x3`, point(`${name}_Branch_2_Conv2d_0a_1x1`, input, 32), 32);
  const branches = concat(
    narrow,
    same3(`${name}_Branch_1_Conv2d_0b_3x3`, middle, 32),
    same3(`${name}_Branch_2_Conv2d_0c_3x3`, wide, 32),
  );
  return residual(name, input, branches, residualGain.block35, true);
}

function block17({ point, crossed, concat, residual }: Layers, name: string, input: Maps): Maps {
  const narrow = point(`${name}_Branch_0_Conv2d_1x1`, input, 128);
  const branches = concat(narrow, crossed(`${name}_Branch_1`, input, 128, 7));
  return residual(name, input, branches, residualGain.block17, true);
}

function block8({ point, crossed, concat, residual }: Layers, name: string, input: Maps, rectified: boolean): Maps {
  const narrow = point(`${name}_Branch_0_Conv2d_1x1`, input, 192);
  const branches = concat(narrow, crossed(`${name}_Branch_1`, input, 192, 3));
  return residual(name, input, branches, residualGain.block8, rectified);
}

/** To maps of 8 × 8. */
function reductionA({ point, same3, halve, pool, concat }: Layers, input: Maps): Maps {
  const branch = 'Mixed_6a_Branch_1_Conv2d';
  const deep = same3(`${branch}_0b_3x3`, point(`${branch}_0a_1x1`, input, 192), 192);
  return concat(
    halve('Mixed_6a_Branch_0_Conv2d_1a_3x3', input, 384),
    halve(`${branch}_1a_3x3`, deep, 256),
    pool(input),
  );
}

/** To maps of 3 × 3. */
function reductionB({ point, same3, halve, pool, concat }: Layers, input: Maps): Maps {
  const entry = (branch: number): Maps => point(`Mixed_7a_Branch_${branch}_Conv2d_0a_1x1`, input, 256);
  return concat(
    halve('Mixed_7a_Branch_0_Conv2d_1a_3x3', entry(0), 384),
    halve('Mixed_7a_Branch_1_Conv2d_1a_3x3', entry(1), 256),
    halve('Mixed_7a_Branch_2_Conv2d_1a_3x3', same3('Mixed_7a_Branch_2_Conv2d_0b_3x3', entry(2), 256), 256),
    pool(input),
  );
}
