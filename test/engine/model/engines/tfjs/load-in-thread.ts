import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

import { loadBackend } from '../../../../../app/engine/model/engines/tfjs/backend.ts';

// A program that loads native TensorFlow in a thread, ends the thread and then itself.
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  await once(worker, 'message');
  await worker.terminate();
} else {
  await loadBackend('native');
  parentPort?.postMessage('loaded');
}
