import type { TensorFlow } from '../model/engines/tfjs/backend.ts';
import type { Head } from './head.ts';
import { valuesOf } from './values-of.ts';

/** Faces multiplied at a time: 8 MB of vectors at 512 dimensions. */
const rowsAtOnce = 4096;

/** Faces after a head: rows of norm 1. `vectors`: rows of norm 1, any number. */
export function projectFaces(tf: typeof TensorFlow, head: Head, vectors: Float32Array): Float32Array<ArrayBuffer> {
  const { dimensions } = head;
  const count = vectors.length / dimensions;
  const projected = new Float32Array(vectors.length);
  const weights = tf.tensor2d(head.weights, [dimensions, dimensions]);
  try {
    for (let first = 0; first < count; first += rowsAtOnce) {
      const rows = Math.min(rowsAtOnce, count - first);
      const part = vectors.subarray(first * dimensions, (first + rows) * dimensions);
      const values = valuesOf(tf, () => project(tf, tf.tensor2d(part, [rows, dimensions]), weights));
      projected.set(values, first * dimensions);
    }
  } finally {
    weights.dispose();
  }
  return projected;
}

/** z = normalise(x + x·W), row by row. Not `x.matMul(…)`: tensors have such methods only where all of TensorFlow.js is loaded. */
function project(tf: typeof TensorFlow, x: TensorFlow.Tensor2D, weights: TensorFlow.Tensor): TensorFlow.Tensor {
  const moved = tf.add(x, tf.matMul(x, weights));
  return tf.div(moved, tf.sqrt(tf.sum(tf.square(moved), 1, true)));
}
