import { parentPort } from 'node:worker_threads';

import { createMediaService } from '../engine/image/create-media-service.ts';
import { serve } from './channel.ts';

if (!parentPort) throw new Error('media-entry runs in a worker thread');
serve(parentPort, createMediaService());
