import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, sep } from 'node:path';
import util from 'node:util';

import type * as TensorFlow from '@tensorflow/tfjs-core';

import { Failure } from '../../../../contract/errors.ts';

export type { TensorFlow };

/** `native`: TensorFlow's own library by way of tfjs-node-gpu, on CUDA or else on the CPU. `wasm`: anywhere, one thread. */
export type TfjsBackend = 'native' | 'wasm';

/** What TensorFlow.js calls them. */
const registeredName = { native: 'tensorflow', wasm: 'wasm' } as const;

/**
 * Loads TensorFlow.js with a backend. Both backends may be loaded in one thread.
 * @throws {Failure} `model-failed` where the backend cannot be loaded
 */
export async function loadBackend(backend: TfjsBackend): Promise<typeof TensorFlow> {
  try {
    if (backend === 'native') await importNative();
    else await importWasm();
    const tf = await import('@tensorflow/tfjs-core');
    addMethods(tf);
    if (!(await tf.setBackend(registeredName[backend]))) throw new Error('the backend did not start.');
    return tf;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const remedy =
      backend === 'native'
        ? 'Run `npm run setup:tensorflow`, or use another backend.'
        : 'Install Familiar again, or use another backend.';
    throw new Failure('model-failed', `TensorFlow.js (${backend}) cannot be loaded: ${why} ${remedy}`, {
      cause: error,
    });
  }
}

/**
 * Makes a loaded backend the current one, at once: the caller must not wait for anything before it runs operators,
 * because a network on another backend may take its turn meanwhile.
 */
export function enterBackend(tf: typeof TensorFlow, backend: TfjsBackend): void {
  // The promise is for backends that are still to be started; for others all is done when the call returns.
  void tf.setBackend(registeredName[backend]);
}

/** What a loaded backend works on, in words. */
export async function deviceOf(backend: TfjsBackend): Promise<string> {
  if (backend === 'wasm') return 'processor, one thread';
  const tf = await loadBackend('native');
  const { isUsingGpuDevice } = tf.backend() as TensorFlow.KernelBackend & { readonly isUsingGpuDevice?: boolean };
  return isUsingGpuDevice ? 'NVIDIA graphics card (CUDA)' : 'processor';
}

/** Of tensors, as far as they are used here. Native TensorFlow brings them along; the core alone has only functions. */
const methods = ['add', 'sub', 'mul', 'div', 'square', 'sqrt', 'sum', 'mean', 'matMul', 'norm', 'transpose'] as const;

function addMethods(tf: typeof TensorFlow): void {
  const prototype = tf.Tensor.prototype as unknown as Record<string, unknown>;
  for (const name of methods) {
    const run = tf[name] as (...values: unknown[]) => unknown;
    prototype[name] ??= function (this: unknown, ...values: unknown[]) {
      return run(this, ...values);
    };
  }
}

/**
 * RTLD_NODELETE, which Node has no name for: the library stays in memory when the thread that loaded it ends. It leaves work
 * for the end of the process, which would jump to where nothing is any more.
 */
const stayLoaded = { linux: 0x1000, darwin: 0x80 }[process.platform as string] ?? 0;

async function importNative(): Promise<void> {
  // tfjs-node calls two old functions: Node 23 removed one, and warns of the other.
  const legacy = util as object as Record<string, unknown>;
  legacy['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  legacy['isArray'] = Array.isArray;
  const dlopen = process.dlopen.bind(process);
  process.dlopen = (module, file, flags = constants.dlopen.RTLD_LAZY) => dlopen(module, file, flags | stayLoaded);
  try {
    await import('@tensorflow/tfjs-node-gpu');
  } finally {
    process.dlopen = dlopen;
  }
}

async function importWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(entry) + sep);
}
