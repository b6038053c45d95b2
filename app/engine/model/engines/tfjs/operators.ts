import type { Operator } from './operator.ts';
import { arithmetic } from './operators/arithmetic.ts';
import { conv } from './operators/conv.ts';
import { gemm, matMul } from './operators/matrix.ts';
import { batchNormalization, lpNormalization, softmax } from './operators/normalisation.ts';
import { averagePool, globalAveragePool, maxPool } from './operators/pool.ts';
import { leakyRelu, preluOperator } from './operators/prelu.ts';
import { reductions } from './operators/reduce.ts';
import { resize } from './operators/resize.ts';
import { clip, gather, pad, slice } from './operators/select.ts';
import {
  cast,
  concat,
  dropout,
  flatten,
  identity,
  reshape,
  shape,
  squeeze,
  transpose,
  unsqueeze,
} from './operators/shape.ts';
import { split } from './operators/split.ts';

/** Every ONNX operator that can be run, by its name in the standard. */
export const operators: Readonly<Record<string, Operator>> = {
  ...arithmetic,
  ...reductions,
  AveragePool: averagePool,
  BatchNormalization: batchNormalization,
  Cast: cast,
  Clip: clip,
  Concat: concat,
  Conv: conv,
  Dropout: dropout,
  Flatten: flatten,
  Gather: gather,
  Gemm: gemm,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  LeakyRelu: leakyRelu,
  LpNormalization: lpNormalization,
  MatMul: matMul,
  MaxPool: maxPool,
  Pad: pad,
  PRelu: preluOperator,
  Reshape: reshape,
  Resize: resize,
  Shape: shape,
  Slice: slice,
  Softmax: softmax,
  Split: split,
  Squeeze: squeeze,
  Transpose: transpose,
  Unsqueeze: unsqueeze,
};
