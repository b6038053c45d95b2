import { Failure } from '../../contract/errors.ts';

/** Numbers in row-major order with their sizes. */
export interface NetworkTensor {
  readonly data: Float32Array | Uint8Array;
  readonly dims: readonly number[];
}

export interface FloatTensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** A model that is loaded and can be run, whatever runs it. One run at a time. */
export interface Network {
  /** @throws {Failure} `model-failed` */
  run(inputs: Readonly<Record<string, NetworkTensor>>): Promise<ReadonlyMap<string, FloatTensor>>;
  /** Input and output names as the file has them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  close(): Promise<void>;
}

/** @throws {Failure} `model-damaged` where the network has no such output */
export function outputOf(outputs: ReadonlyMap<string, FloatTensor>, name: string): FloatTensor {
  const output = outputs.get(name);
  if (!output) throw new Failure('model-damaged', `the model has no output called ${name}`);
  return output;
}
