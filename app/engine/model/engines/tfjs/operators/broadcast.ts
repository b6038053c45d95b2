import type { Tensor } from '@tensorflow/tfjs-core';

import { asNhwc, asPlain, nhwcValue, plainValue, type TensorValue } from '../value.ts';

/** Two values in one layout, so that operators which broadcast meet the axes that ONNX means. */
export function align(
  first: TensorValue,
  second: TensorValue,
): { readonly left: Tensor; readonly right: Tensor; readonly result: (tensor: Tensor) => TensorValue } {
  const eitherMaps = first.layout === 'nhwc' || second.layout === 'nhwc';
  if (eitherMaps && first.tensor.rank <= 4 && second.tensor.rank <= 4) {
    return { left: asNhwc(first), right: asNhwc(second), result: nhwcValue };
  }
  return { left: asPlain(first), right: asPlain(second), result: plainValue };
}
