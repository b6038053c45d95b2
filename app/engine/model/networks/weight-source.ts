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
