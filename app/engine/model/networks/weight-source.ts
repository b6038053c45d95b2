import { Failure } from '../../../contract/errors.ts';
import { weightOf, type Weight, type Weights } from './weights.ts';

/**
 * Where an architecture gets its weights from: the elements of the tensor `name` of size `dims`, row-major.
 * `gain` is only looked at where weights are made up: how large what comes out may be, 1 as large as what went in.
 */
export type WeightSource = (name: string, dims: readonly number[], gain?: number) => Weight;

/**
 * Weights that were trained.
 * @throws {Failure} `model-damaged`, at use, for one that is absent or of another size
 */
export function givenWeights(weights: Weights): WeightSource {
  return (name, dims) => {
    const weight = weightOf(weights, name);
    if (weight.dims.length !== dims.length || weight.dims.some((size, i) => size !== dims[i])) {
      const sizes = `${weight.dims.join(' × ')} instead of ${dims.join(' × ')}`;
      throw new Failure('model-damaged', `the weight ${name} is ${sizes}; get the file again`);
    }
    return weight;
  };
}

/**
 * Weights to begin a training with (He et al. 2015, arXiv 1502.01852, section 2.2): normal with variance 2 / inputs,
 * where the first dimension counts outputs and the others what goes into each; vectors (biases) are zero.
 */
export function randomWeights(random: () => number): WeightSource {
  return (_, dims, gain = 1) => {
    const [outputs = 1, ...rest] = dims;
    const inputs = rest.reduce((product, size) => product * size, 1);
    const values = new Float32Array(outputs * inputs);
    if (rest.length === 0) return { dims, values };
    const deviation = gain * Math.sqrt(2 / inputs);
    // Two uniform numbers give two normal ones (Box and Muller 1958).
    for (let i = 0; i < values.length; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - random()));
      const angle = 2 * Math.PI * random();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < values.length) values[i + 1] = radius * Math.sin(angle);
    }
    return { dims, values };
  };
}
