import { parentPort } from 'node:worker_threads';

import { createTuneService } from '../engine/tune/create-tune-service.ts';
import type { TuneService } from '../engine/tune/tune-service.ts';
import { serve } from './channel.ts';
import { stepBack } from './step-back.ts';

if (!parentPort) throw new Error('tune-entry runs in a worker thread');
stepBack();
const channel = serve<TuneService>(
  parentPort,
  createTuneService((progress) => channel.emit('progress', progress)),
);
