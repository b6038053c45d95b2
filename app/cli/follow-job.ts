import type { Backend } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';
import type { Job } from '../contract/model.ts';
import type { Cli } from './cli.ts';

/**
 * Waits until a job is over, and shows on a terminal how far it is.
 * @throws {Failure} the reason for which it stopped; `cancelled` by Ctrl-C, and then it goes on later
 */
export async function followJob(
  backend: Backend,
  id: number,
  { signal, stderr }: Pick<Cli, 'signal' | 'stderr'>,
): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<Job | undefined>();
  const watch = (jobs: readonly Job[]): void => {
    const job = jobs.find((one) => one.id === id);
    if (job?.state !== 'running') resolve(job);
    else if (stderr.isTTY) stderr.write(`\r\u001b[2K${job.done} of ${job.total} faces`);
  };
  const stopListening = backend.on('jobs', watch);
  const stop = (): void => resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    watch(await backend.request('jobs.list', {}, signal));
    const job = await over;
    if (signal.aborted) throw new Failure('cancelled', 'stopped; it goes on when the library is opened again');
    if (job?.state === 'cancelled') throw new Failure('cancelled', 'another change came in between');
    if (job?.state === 'failed') throw new Failure('model-failed', job.problem ?? 'the change did not work');
  } finally {
    stopListening();
    signal.removeEventListener('abort', stop);
    if (stderr.isTTY) stderr.write('\r\u001b[2K');
  }
}
