import * as tf from '@tensorflow/tfjs-core';

import { Failure } from '../../../../contract/errors.ts';
import type { FloatTensor, Network, NetworkTensor } from '../../network.ts';
import { decodeModel } from '../../onnx/codec.ts';
import type { OnnxValueInfo } from '../../onnx/schema.ts';
import { enterBackend, loadBackend, type TfjsBackend } from './backend.ts';
import { fuse } from './fuse.ts';
import { readGraph } from './graph.ts';
import { prepareProgram } from './program.ts';
import { asNhwc, nhwcValue, plainValue, type TensorValue } from './value.ts';

/** Operators that work on maps as [N, H, W, C]: an input for one of them is turned once, at the border. */
const mapOperators = new Set(['Conv', 'MaxPool', 'AveragePool', 'GlobalAveragePool']);

/**
 * Loads an ONNX file into TensorFlow.js. How many threads a native run may use is for the environment to say
 * (`TF_NUM_INTRAOP_THREADS`), before the backend is loaded.
 * @throws {Failure} `model-damaged`; `model-failed` where the backend does not load or an operator is not supported
 */
export async function openTfjs(model: Uint8Array, backend: TfjsBackend): Promise<Network> {
  const graph = fuse(readGraph(decodeModel(model)));
  await loadBackend(backend);
  enterBackend(tf, backend);
  const program = prepareProgram(graph, backend);
  const maps = new Set(graph.nodes.filter((node) => mapOperators.has(node.op)).map((node) => node.inputs[0]));
  return {
    inputs: graph.inputs.map((input) => input.name),
    outputs: graph.outputs,
    run: async (inputs) => {
      checkInputs(graph.inputs, inputs);
      enterBackend(tf, backend);
      const results = attempt(() =>
        tf.tidy(() => {
          const values = Object.entries(inputs).map(([name, input]) => [name, upload(input, maps.has(name))] as const);
          return program.run(new Map(values));
        }),
      );
      try {
        return new Map(
          await Promise.all(
            results.map(async (result, i) => [graph.outputs[i] ?? '', await download(result)] as const),
          ),
        );
      } finally {
        tf.dispose(results);
      }
    },
    close: async () => program.dispose(),
  };
}

function upload({ data, dims }: NetworkTensor, isMap: boolean): TensorValue {
  const value = plainValue(
    tf.tensor(data instanceof Uint8Array ? Float32Array.from(data) : data, [...dims], 'float32'),
  );
  return isMap && dims.length === 4 ? nhwcValue(asNhwc(value)) : value;
}

async function download(tensor: tf.Tensor): Promise<FloatTensor> {
  const data = await tensor.data();
  if (!(data instanceof Float32Array)) throw new Failure('model-failed', 'the model gives something other than floats');
  return { data, dims: tensor.shape };
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('model-failed', `TensorFlow.js could not run the model: ${why}`, { cause: error });
  }
}

/** TensorFlow.js would read a value of the wrong size as another picture. */
function checkInputs(expected: readonly OnnxValueInfo[], given: Readonly<Record<string, NetworkTensor>>): void {
  for (const { name, type } of expected) {
    const input = given[name];
    if (!input) throw new Failure('model-failed', `The model lacks its input ${name}.`);
    const wanted = type?.tensorType?.shape?.dim;
    const fits = wanted?.every(({ dimValue }, axis) => dimValue === undefined || dimValue === input.dims[axis]) ?? true;
    if (!fits || (wanted && wanted.length !== input.dims.length)) {
      const sizes = wanted?.map(({ dimValue, dimParam }) => dimValue ?? dimParam ?? '?').join(' × ') ?? '';
      throw new Failure(
        'model-failed',
        `The model's input ${name} is ${sizes} and was given ${input.dims.join(' × ')}.`,
      );
    }
    const length = input.dims.reduce((product, size) => product * size, 1);
    if (length !== input.data.length) {
      throw new Failure(
        'model-failed',
        `The model's input ${name} has ${input.data.length} numbers instead of ${length}.`,
      );
    }
  }
}
