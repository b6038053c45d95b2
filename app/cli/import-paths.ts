import type { Output } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';
import type { OpenLibrary } from './open-library.ts';
import { createProgress } from './progress.ts';
import type { Screen } from './screen.ts';

type Job = Output<'jobs.list'>[number];

/**
 * Adds paths to the library and waits until every photo is read and grouped.
 * @throws {Failure} `cancelled`, or the reason for which the import stopped by itself
 */
export async function importPaths(
  { backend, elsewhere }: OpenLibrary,
  paths: readonly string[],
  signal: AbortSignal,
  progressTo: Screen,
): Promise<void> {
  const progress = createProgress(progressTo, () => performance.now());
  const { promise: settled, resolve } = Promise.withResolvers<readonly Job[] | 'interrupted'>();
  let ours: number | undefined;
  const watch = (jobs: readonly Job[]): void => {
    progress.show(jobs);
    // An earlier import that was interrupted may hold files of ours: all have to come to rest.
    if (ours !== undefined && !jobs.some(isImporting)) resolve(jobs);
  };
  const stop = (): void => resolve('interrupted');
  signal.addEventListener('abort', stop, { once: true });
  const stopListening = backend.on('jobs', watch);
  try {
    const { job } = await backend.request('import.add', { paths: [...paths] }, signal);
    ours = job;
    watch(await backend.request('jobs.list', {}, signal));
    const jobs = await settled;
    if (jobs === 'interrupted') throw interrupted(elsewhere);
    checkOutcome(jobs.find(({ id }) => id === job));
    const { clustersOutdated } = await backend.request('library.status', {}, signal);
    if (clustersOutdated) await backend.request('cluster.run', {}, signal);
  } catch (error) {
    throw signal.aborted ? interrupted(elsewhere) : error;
  } finally {
    stopListening();
    signal.removeEventListener('abort', stop);
    progress.end();
  }
}

function interrupted(elsewhere: boolean): Failure {
  const goesOn = elsewhere
    ? 'the running Familiar goes on importing'
    : 'what was read is kept; the same command goes on';
  return new Failure('cancelled', `stopped; ${goesOn}`);
}

const isImporting = ({ kind, state }: Job): boolean => kind === 'import' && state === 'running';

/** A job that is not listed any more is done. */
function checkOutcome(job: Job | undefined): void {
  if (job?.state === 'failed') throw new Failure('unreadable', job.problem ?? 'the import failed');
  if (job?.state === 'cancelled') throw new Failure('cancelled', 'the import was cancelled');
  if (job?.state === 'paused') {
    throw new Failure('cancelled', job.problem ?? 'the import was paused; resume it, or give the command again');
  }
}
