import { parentPort } from 'node:worker_threads';

import { createPackService } from '../engine/model/create-pack-service.ts';
import { serve } from './channel.ts';

if (!parentPort) throw new Error('the pack service runs in a worker thread');
serve(parentPort, createPackService());
