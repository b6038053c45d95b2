import type { TensorFlow } from '../model/engines/tfjs/backend.ts';

/**
 * The values of a tensor that is made on the way and thrown away. They must not be what `tf.tidy` returns: it looks
 * for tensors in that, number by number, which takes 0.2 s of CPU for a megabyte.
 */
export function valuesOf(tf: typeof TensorFlow, make: () => TensorFlow.Tensor): Float32Array {
  let values: Float32Array | undefined;
  tf.tidy(() => {
    values = make().dataSync() as Float32Array;
  });
  return values ?? new Float32Array();
}
