import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Port } from './channel.ts';

export type WorkerName = 'engine' | 'media' | 'model' | 'index' | 'pack';

/** A running service and the way to end it. */
export interface SpawnedWorker {
  readonly port: Port;
  /** Calls back once if the worker ends before `close`. */
  onDeath(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

export type Spawn = (name: WorkerName, data?: unknown) => SpawnedWorker;

/** Runs a service in a worker thread of its own. */
export const spawnThread: Spawn = (name, data) => {
  const entry = new URL(`./${name}-entry${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(entry, { workerData: data, name, execArgv: process.execArgv });
  let closing = false;
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
      await worker.terminate();
    },
  };
};
