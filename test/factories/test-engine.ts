import { resolve } from 'node:path';

import type { Input, Output, RequestName } from '../../app/contract/api.ts';
import { unwrapReply, type Reply } from '../../app/contract/errors.ts';
import type { Job } from '../../app/contract/model.ts';
import { openEngine } from '../../app/engine/engine.ts';
import { spawnThread } from '../../app/workers/spawn.ts';

/** The whole engine on a library in `dir`, with real threads; bugs are thrown at who asked. */
export async function openTestEngine(dir: string, userPackDir: string) {
  const engine = await openEngine({
    dir,
    packDir: resolve(import.meta.dirname, '../../resources/models/packs'),
    userPackDir,
    version: '0.0.0-test',
    spawn: spawnThread,
    clock: Date.now,
    random: Math.random,
    threads: 2,
    report: (where, error) => console.error(where, error),
  });
  const ask = async <N extends RequestName>(
    name: N,
    input: Input<N>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Output<N>> => unwrapReply((await engine.dispatch(name, input, signal)) as Reply<Output<N>>);
  return {
    engine,
    ask,
    /** Waits until a job is over. */
    over: async (id: number): Promise<Job> => {
      for (;;) {
        const job = (await ask('jobs.list', {})).find((one) => one.id === id)!;
        if (job.state !== 'running') return job;
        await new Promise((wake) => setTimeout(wake, 20));
      }
    },
  };
}
