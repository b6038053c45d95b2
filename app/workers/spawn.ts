import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import { forkService } from './fork-service.ts';
import type { SpawnedWorker } from './spawned-worker.ts';

export type WorkerName = 'engine' | 'media' | 'model' | 'index' | 'tune' | 'pack' | 'probe';

export type Spawn = (name: WorkerName, data?: unknown) => SpawnedWorker;

/** Those that run what nobody has tried here before: a backend, a model file of the user's. */
const untried: ReadonlySet<WorkerName> = new Set(['pack', 'probe']);

/** Runs a service where it belongs: in a thread, or, where it may abort, in a process. */
export const spawnWorker: Spawn = (name, data) =>
  untried.has(name) ? forkService(entryOf(name)) : spawnThread(name, data);

/** Runs a service in a worker thread of its own. */
export const spawnThread: Spawn = (name, data) => {
  const worker = new Worker(entryOf(name), {
    workerData: data,
    name,
    execArgv: process.execArgv,
    // Half a dozen heaps with Node's 48 MB for young objects each would grow for as long as an import runs.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  let closing = false;
  // A thread that is ended while it loads a native library takes the whole program along.
  const loaded = new Promise<void>((resolve) => {
    worker.once('message', () => resolve());
    worker.once('exit', () => resolve());
  });
  return {
    port: worker,
    onDeath: (listener) => {
      let told = false;
      const die = (reason: string): void => {
        if (!closing && !told) listener(reason);
        told = true;
      };
      // A thread that throws also exits: whichever comes first is the reason.
      worker.once('error', (error: unknown) => die(error instanceof Error ? error.message : String(error)));
      worker.once('exit', (code) => die(`the ${name} thread ended with code ${code}`));
    },
    close: async () => {
      closing = true;
      await loaded;
      await worker.terminate();
    },
  };
};

function entryOf(name: WorkerName): URL {
  return new URL(`./${name}-entry${extname(import.meta.url)}`, import.meta.url);
}
