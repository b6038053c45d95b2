import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { spawnThread } from '../../app/workers/spawn.ts';

it('a thread that is ended while it loads its libraries does not take the program along', async () => {
  for (let after = 0; after < 240; after += 30) {
    const thread = spawnThread('index');
    await sleep(after);
    await expect(thread.close()).resolves.toBeUndefined();
  }
});
