import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import type { Head } from './head.ts';
import { rowsByPerson, type TrainingFaces } from './training-faces.ts';
import { valuesOf } from './values-of.ts';

/** Rounds of Newton and Schulz, at most, and the mean squared change of a direction that ends them. */
const mostRounds = 30;
const settled = 1e-6;

/**
 * A head that makes small the directions in which faces of one person differ, and takes away what all faces have in
 * common: within-class covariance normalisation (Hatch et al. 2006), half way. With S the covariance within people,
 * drawn towards the identity by `shrinkage`, and m the direction of the mean face: I + W = (I − m·mᵀ)·S^(−¼), of
 * mean 1 on the diagonal. A few hundred faces determine that much, and no step has to be learnt for it.
 * @param shrinkage 0 to 1
 */
export function whitenedHead(tf: typeof TensorFlow, faces: TrainingFaces, shrinkage: number): Head {
  const { dimensions } = faces;
  const weights = valuesOf(tf, () => {
    const unit = tf.eye(dimensions, dimensions);
    const within = covarianceWithin(tf, faces);
    const mean = within.mul(unit).sum().div(dimensions);
    const shrunk = within
      .div(mean)
      .mul(1 - shrinkage)
      .add(unit.mul(shrinkage));
    const [, inverseRoot] = roots(tf, shrunk as TensorFlow.Tensor2D, dimensions);
    const [quarter] = roots(tf, inverseRoot, dimensions);
    const scaled = quarter.div<TensorFlow.Tensor2D>(quarter.mul(unit).sum().div(dimensions));
    const common = tf.tensor2d(faces.vectors, [faces.people.length, dimensions]).mean(0, true);
    const m = common.div<TensorFlow.Tensor2D>(common.square().sum().sqrt());
    const head = unit.sub(m.transpose().matMul(m)).matMul(scaled as TensorFlow.Tensor);
    return head.sub(unit);
  });
  return { dimensions, weights };
}

/** Of the faces around the mean of their person, each person weighing as far as it is trusted. */
function covarianceWithin(tf: typeof TensorFlow, faces: TrainingFaces): TensorFlow.Tensor2D {
  const { dimensions, vectors, trust } = faces;
  const people = [...rowsByPerson(faces).values()].filter((rows) => rows.length > 1);
  const count = people.reduce((sum, rows) => sum + rows.length, 0);
  const centred = new Float32Array(count * dimensions);
  let at = 0;
  for (const rows of people) {
    const mean = new Float64Array(dimensions);
    for (const row of rows)
      for (let i = 0; i < dimensions; i++)
        mean[i] = (mean[i] ?? 0) + (vectors[row * dimensions + i] ?? 0) / rows.length;
    for (const row of rows) {
      const weight = Math.sqrt(trust[row] ?? 0);
      for (let i = 0; i < dimensions; i++)
        centred[at * dimensions + i] = weight * ((vectors[row * dimensions + i] ?? 0) - (mean[i] ?? 0));
      at++;
    }
  }
  const x = tf.tensor2d(centred, [count, dimensions]);
  return x.transpose().matMul(x) as TensorFlow.Tensor2D;
}

/**
 * The square root of a symmetric positive definite matrix, and the inverse of that: the coupled iteration of Newton and
 * Schulz (Higham 2008, Functions of Matrices, equation 6.35), nothing but products.
 */
function roots(
  tf: typeof TensorFlow,
  matrix: TensorFlow.Tensor2D,
  dimensions: number,
): [root: TensorFlow.Tensor2D, inverse: TensorFlow.Tensor2D] {
  const unit = tf.eye(dimensions);
  const norm = largestEigenvalue(tf, matrix, dimensions);
  let root = matrix.div<TensorFlow.Tensor2D>(norm);
  let inverse: TensorFlow.Tensor2D = unit;
  for (let round = 0; round < mostRounds; round++) {
    const step = unit.mul(3).sub(inverse.matMul(root)).mul<TensorFlow.Tensor2D>(0.5);
    root = root.matMul(step) as TensorFlow.Tensor2D;
    inverse = step.matMul(inverse) as TensorFlow.Tensor2D;
    const [change = 0] = step.sub(unit).square().sum().dataSync();
    if (change < settled * dimensions) break;
  }
  return [root.mul<TensorFlow.Tensor2D>(Math.sqrt(norm)), inverse.div<TensorFlow.Tensor2D>(Math.sqrt(norm))];
}

/** By the power method, roughly: the iteration wants a matrix of norm under 3, and is quickest near 1. */
function largestEigenvalue(tf: typeof TensorFlow, matrix: TensorFlow.Tensor2D, dimensions: number): number {
  let vector: TensorFlow.Tensor2D = tf.ones([dimensions, 1]);
  let value = 1;
  for (let round = 0; round < 12; round++) {
    const product = matrix.matMul(vector) as TensorFlow.Tensor2D;
    [value = 1] = product.norm().dataSync();
    vector = product.div(value);
  }
  return value;
}
