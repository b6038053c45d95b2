import { parentPort } from 'node:worker_threads';

import { serve } from './channel.ts';
import { createEngineService, type EngineService } from './engine-service.ts';
import { spawnWorker } from './spawn.ts';

if (!parentPort) throw new Error('engine-entry runs in a worker thread');

const channel = serve<EngineService>(
  parentPort,
  createEngineService({
    spawn: spawnWorker,
    clock: Date.now,
    random: Math.random,
    report: (where, error) => console.error(`${where}:`, error),
    emit: (name, payload) => channel.emit(name, payload),
  }),
);
