import { availableParallelism, constants, setPriority } from 'node:os';

import { createProbeService } from '../engine/model/backends/create-probe-service.ts';
import { prepareEnvironment } from '../engine/model/backends/prepare-environment.ts';
import { serve } from './channel.ts';
import { ownPort } from './own-port.ts';
import { spawnThread } from './spawn.ts';

// It runs unasked: whatever the user does goes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
prepareEnvironment(process.env, availableParallelism());
serve(ownPort(), createProbeService(spawnThread));
