import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { OrtProvider } from '../engines/ort.ts';
import type { TfjsBackend } from '../engines/tfjs/backend.ts';
import type { Network } from '../network.ts';

/** What can run a model, in the order in which it is tried and shown. */
export const backendNames = ['ort-cpu', 'ort-directml', 'ort-coreml', 'ort-cuda', 'tensorflow', 'wasm'] as const;
export type BackendName = (typeof backendNames)[number];

/** Comes with every installation, runs on any processor, and is what the others are held against. */
export const defaultBackend: BackendName = 'ort-cpu';

export interface ModelBackend {
  /** In words. */
  readonly title: string;
  readonly platforms: readonly NodeJS.Platform[];
  /** Why a try would be in vain, and what to do; null where only a try can tell. */
  readonly missing: () => string | null;
  /**
   * Loads an ONNX file. `threads`: how many one run may use.
   * @throws {Failure} `model-damaged`; `model-failed` where the backend or an operator is not there
   */
  readonly open: (model: Uint8Array, threads: number) => Promise<Network>;
  /** What the numbers are worked out on, once a network is open. */
  readonly device: () => Promise<string>;
}

const everywhere: readonly NodeJS.Platform[] = ['linux', 'darwin', 'win32'];

// The runtimes are loaded when they are used: the engine reads this table and runs no model.
const ort = (provider: OrtProvider, device: string): Pick<ModelBackend, 'missing' | 'open' | 'device'> => ({
  missing: () => null,
  open: async (model, threads) => (await import('../engines/ort.ts')).openOrt(model, threads, provider),
  device: async () => device,
});
const tfjs = (backend: TfjsBackend): Pick<ModelBackend, 'missing' | 'open' | 'device'> => ({
  missing: () => null,
  open: async (model) => (await import('../engines/tfjs/open-tfjs.ts')).openTfjs(model, backend),
  device: async () => (await import('../engines/tfjs/backend.ts')).deviceOf(backend),
});

export const backends: Readonly<Record<BackendName, ModelBackend>> = {
  'ort-cpu': { title: 'ONNX Runtime', platforms: everywhere, ...ort('cpu', 'processor') },
  'ort-directml': {
    title: 'ONNX Runtime with DirectML',
    platforms: ['win32'],
    ...ort('dml', 'graphics card'),
  },
  'ort-coreml': { title: 'ONNX Runtime with Core ML', platforms: ['darwin'], ...ort('coreml', 'Apple chip') },
  'ort-cuda': {
    title: 'ONNX Runtime with CUDA',
    platforms: ['linux', 'win32'],
    ...ort('cuda', 'NVIDIA graphics card'),
    missing: missingCuda,
  },
  tensorflow: { title: 'TensorFlow', platforms: everywhere, ...tfjs('native') },
  wasm: { title: 'WebAssembly', platforms: everywhere, ...tfjs('wasm') },
};

/** ONNX Runtime loads CUDA from a library of its own, which its npm package leaves out. */
function missingCuda(): string | null {
  const binaries = join(dirname(createRequire(import.meta.url).resolve('onnxruntime-node')), '../bin');
  const isProvider = (file: string): boolean => /providers_cuda\.(so|dll)$/.test(file);
  if (existsSync(binaries) && readdirSync(binaries, { recursive: true, encoding: 'utf8' }).some(isProvider))
    return null;
  return (
    'The part of ONNX Runtime that uses CUDA is not installed. On a computer with an NVIDIA card and CUDA 12, run ' +
    '`npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12`.'
  );
}
