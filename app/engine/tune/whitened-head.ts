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
    const unit = tf.eye(dimensions);
    const ofMeanOne = (matrix: TensorFlow.Tensor): TensorFlow.Tensor =>
      tf.div(matrix, tf.div(tf.sum(tf.mul(matrix, unit)), dimensions));
    const within = ofMeanOne(covarianceWithin(tf, faces));
    const shrunk = tf.add(tf.mul(within, 1 - shrinkage), tf.mul(unit, shrinkage));
    const [, inverseRoot] = roots(tf, shrunk, dimensions);
    const [quarter] = roots(tf, inverseRoot, dimensions);
    const common = tf.mean(tf.tensor2d(faces.vectors, [faces.people.length, dimensions]), 0, true);
    const m = tf.div(common, tf.norm(common));
    const head = tf.matMul(tf.sub(unit, tf.matMul(tf.transpose(m), m)), ofMeanOne(quarter));
    return tf.sub(head, unit);
  });
  return { dimensions, weights };
}

/** Of the faces around the mean of their person, each person weighing as far as it is trusted. */
function covarianceWithin(tf: typeof TensorFlow, faces: TrainingFaces): TensorFlow.Tensor {
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
  return tf.matMul(tf.transpose(x), x);
}

/**
 * The square root of a symmetric positive definite matrix, and the inverse of that: the coupled iteration of Newton and
 * Schulz (Higham 2008, Functions of Matrices, equation 6.35), nothing but products.
 */
function roots(
  tf: typeof TensorFlow,
  matrix: TensorFlow.Tensor,
  dimensions: number,
): [root: TensorFlow.Tensor, inverse: TensorFlow.Tensor] {
  const unit = tf.eye(dimensions);
  const norm = largestEigenvalue(tf, matrix, dimensions);
  let root = tf.div(matrix, norm);
  let inverse: TensorFlow.Tensor = unit;
  for (let round = 0; round < mostRounds; round++) {
    const step = tf.mul(0.5, tf.sub(tf.mul(3, unit), tf.matMul(inverse, root)));
    root = tf.matMul(root, step);
    inverse = tf.matMul(step, inverse);
    const [change = 0] = tf.sum(tf.square(tf.sub(step, unit))).dataSync();
    if (change < settled * dimensions) break;
  }
  return [tf.mul(root, Math.sqrt(norm)), tf.div(inverse, Math.sqrt(norm))];
}

/** By the power method, roughly: the iteration wants a matrix of norm under 3, and is quickest near 1. */
function largestEigenvalue(tf: typeof TensorFlow, matrix: TensorFlow.Tensor, dimensions: number): number {
  let vector: TensorFlow.Tensor = tf.ones([dimensions, 1]);
  let value = 1;
  for (let round = 0; round < 12; round++) {
    const product = tf.matMul(matrix, vector);
    [value = 1] = tf.norm(product).dataSync();
    vector = tf.div(product, value);
  }
  return value;
}
