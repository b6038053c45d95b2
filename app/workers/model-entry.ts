import { parentPort } from 'node:worker_threads';

import { createModelService } from '../engine/model/create-model-service.ts';
import { serve } from './channel.ts';
import { stepBack } from './step-back.ts';

if (!parentPort) throw new Error('the model service runs in a worker thread');
stepBack();
serve(parentPort, createModelService());
