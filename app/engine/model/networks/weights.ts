import { z } from 'zod';

import { Failure } from '../../../contract/errors.ts';

/** Elements in row-major order. */
export interface Weight {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

export type Weights = ReadonlyMap<string, Weight>;

const WeightsManifest = z.array(
  z.object({
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.number().int().nonnegative()),
        dtype: z.enum(['float32', 'int32']),
        quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
      }),
    ),
  }),
);

/**
 * Reads TensorFlow.js weights: `manifest` is the parsed `weights_manifest.json`, `data` its shards end to end.
 * Weights quantised to 8 bits are `value × scale + min`.
 * @throws {Failure} `model-damaged`
 */
export function readTfjsWeights(manifest: unknown, data: Uint8Array): Weights {
  const parsed = WeightsManifest.safeParse(manifest);
  if (!parsed.success) throw new Failure('model-damaged', 'the weights are described in a way that is not understood');
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const weights = new Map<string, Weight>();
  let offset = 0;
  for (const { name, shape, dtype, quantization } of parsed.data.flatMap((group) => group.weights)) {
    const length = shape.reduce((product, size) => product * size, 1);
    const width = quantization ? 1 : 4;
    if (offset + width * length > data.length) throw new Failure('model-damaged', `the weights end before ${name}`);
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      if (quantization) values[i] = view.getUint8(offset + i) * quantization.scale + quantization.min;
      else values[i] = dtype === 'int32' ? view.getInt32(offset + 4 * i, true) : view.getFloat32(offset + 4 * i, true);
    }
    weights.set(name, { dims: shape, values });
    offset += width * length;
  }
  if (offset !== data.length) throw new Failure('model-damaged', 'the weights are longer than their description');
  return weights;
}

/** @throws {Failure} `model-damaged` */
export function weightOf(weights: Weights, name: string): Weight {
  const weight = weights.get(name);
  if (!weight) throw new Failure('model-damaged', `the weights have no ${name}`);
  return weight;
}
