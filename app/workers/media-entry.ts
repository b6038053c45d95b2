import { parentPort } from 'node:worker_threads';

import { createMediaService } from '../engine/image/create-media-service.ts';
import { serve } from './channel.ts';
import { stepBack } from './step-back.ts';

if (!parentPort) throw new Error('media-entry runs in a worker thread');
// The metadata reader speaks of oddities on the console of this thread; odd files are read all the same.
console.warn = () => undefined;
stepBack();
serve(parentPort, createMediaService());
