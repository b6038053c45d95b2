import { parentPort } from 'node:worker_threads';

import { createIndexService } from '../engine/vector/create-index-service.ts';
import { serve } from './channel.ts';
import { stepBack } from './step-back.ts';

if (!parentPort) throw new Error('index-entry runs in a worker thread');
stepBack();
serve(parentPort, createIndexService());
