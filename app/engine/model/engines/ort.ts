import { InferenceSession, Tensor } from 'onnxruntime-node';

import { Failure } from '../../../contract/errors.ts';
import type { FloatTensor, Network, NetworkTensor } from '../network.ts';
import { graphForOrt } from './ort-graph.ts';

/** Where ONNX Runtime works, by its own names; what a provider lacks runs on the processor. */
export type OrtProvider = 'cpu' | 'dml' | 'coreml' | 'cuda';

/**
 * Loads an ONNX file into ONNX Runtime. `threads`: how many one run may use on the processor.
 *
 * Idle threads sleep instead of spinning, because decoding wants the cores between two runs. Inputs vary in size
 * from photo to photo, so memory is not planned by shape: a plan for each would be kept for ever.
 * @throws {Failure} `model-damaged`; `model-failed` where the provider does not start
 */
export async function openOrt(model: Uint8Array, threads: number, provider: OrtProvider = 'cpu'): Promise<Network> {
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(provider === 'cpu' ? graphForOrt(model) : model, {
      executionProviders: [provider],
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      enableMemPattern: false,
      enableCpuMemArena: false,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    // On the processor there is nothing but the model to be at fault.
    const code = provider === 'cpu' ? 'model-damaged' : 'model-failed';
    throw new Failure(code, `ONNX Runtime cannot load the model: ${messageOf(error)}`, { cause: error });
  }
  return {
    inputs: session.inputNames,
    outputs: session.outputNames,
    run: async (inputs) => {
      const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, toOrt(tensor)]));
      try {
        const results = await session.run(feeds);
        return new Map(Object.entries(results).map(([name, result]) => [name, fromOrt(name, result)]));
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw new Failure('model-failed', `ONNX Runtime could not run the model: ${messageOf(error)}`, {
          cause: error,
        });
      }
    },
    close: () => session.release(),
  };
}

function toOrt({ data, dims }: NetworkTensor): Tensor {
  return data instanceof Uint8Array ? new Tensor('uint8', data, dims) : new Tensor('float32', data, dims);
}

function fromOrt(name: string, { data, dims }: Tensor): FloatTensor {
  if (!(data instanceof Float32Array)) throw new Failure('model-damaged', `the output ${name} is not made of floats`);
  return { data, dims };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
