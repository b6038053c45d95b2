import { resolve } from 'node:path';

import type { RequestName } from '../../contract/api.ts';
import { describeFailure, Failure } from '../../contract/errors.ts';
import type { JobId } from '../../contract/ids.ts';
import type { EngineContext, FaceSink, Subject } from '../context.ts';
import { browseFolders } from '../scan/browse-folders.ts';
import { settings } from '../settings.ts';
import type { JobRow } from '../db/jobs.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createProgress } from './progress.ts';
import { runJob, type RunningJob } from './run-job.ts';

/** Jobs that a list shows. */
const shownJobs = 5;

type ImportRequest = Extract<RequestName, `import.${string}` | 'jobs.list' | 'folders.browse'>;

export interface Import extends Subject<ImportRequest> {
  /** Tells the pages soon that another job has changed. */
  readonly jobsChanged: () => void;
}

/**
 * Import: one job at a time, whose state in the database says what is to be done; `goOn` brings the running work in
 * line with it. What a former run of the program left is taken up at once, unless the user paused it.
 */
export function createImport(context: EngineContext, sink: FaceSink): Import {
  const { db, clock } = context;
  const ledger = createLedger(context);
  const { jobs, queue, failures } = ledger;
  let running: (RunningJob & { readonly halt: AbortController; readonly abort: AbortController }) | undefined;
  /** How a job stands where that could not be written down: a full disk takes no such news either. */
  const unwritten = new Map<number, Pick<JobRow, 'state' | 'problem'>>();
  let closed = false;

  const now = (job: JobRow): JobRow => ({ ...job, ...unwritten.get(job.id) });
  const activeJob = (): JobRow | undefined => {
    const job = jobs.active();
    return job && now(job);
  };
  const progress = createProgress(context, () => jobs.recent(shownJobs).map(now));

  const goOn = (): void => {
    if (running || closed) return;
    const job = activeJob();
    if (job?.state !== 'running') return;
    const [halt, abort] = [new AbortController(), new AbortController()];
    const started = runJob({
      context,
      sink,
      ledger,
      jobId: job.id,
      signal: abort.signal,
      halt: halt.signal,
      onFinished: progress.fileFinished,
      onWalked: progress.changed,
    });
    const ended = started.ended
      .then(() => (halt.signal.aborted ? undefined : finish(job.id)))
      .catch((error: unknown) => {
        if (!halt.signal.aborted) stopWith(job.id, error);
      })
      .finally(() => {
        running = undefined;
        if (!closed) progress.tell();
        goOn();
      });
    running = { walkOn: started.walkOn, ended, halt, abort };
  };

  const finish = async (jobId: number): Promise<void> => {
    await sink.importIdle();
    const isOver = jobs.active()?.walking === 0 && queue.isEmpty(jobId);
    // Something may have been added meanwhile; then the job goes on.
    if (isOver && !closed) db.write(() => jobs.setState(jobId, 'done', null, clock()));
  };

  /** The disk being full or a model missing is no fault of the photos: the job waits, and says for what. */
  const stopWith = (jobId: number, error: unknown): void => {
    const { code, message } = describeFailure(error);
    // A bug's own words help nobody but its mender, who finds them in the log.
    const problem = code === 'internal' ? 'Familiar met a fault of its own. Try again; the log says more.' : message;
    if (code === 'internal') context.report('import', error);
    const state = code === 'disk-full' ? 'paused' : 'failed';
    unwritten.set(jobId, { state, problem });
    try {
      db.write(() => jobs.setState(jobId, state, problem, null));
    } catch (unwritable) {
      if (!(unwritable instanceof Failure)) throw unwritable;
      return;
    }
    unwritten.delete(jobId);
  };

  const stop = async (atOnce: boolean): Promise<void> => {
    if (!running) return;
    running.halt.abort();
    if (atOnce) running.abort.abort();
    await running.ended;
  };

  const add = (paths: readonly string[]): { job: JobId } => {
    const active = jobs.active();
    const id = db.writeDurably(() => {
      if (!active) return jobs.add(paths, clock());
      jobs.addSources(active.id, paths);
      jobs.setState(active.id, 'running', null, null);
      return active.id;
    });
    unwritten.delete(id);
    running?.walkOn();
    goOn();
    progress.tell();
    return { job: id as JobId };
  };

  const setState = (state: 'running' | 'paused' | 'cancelled'): void => {
    const job = jobs.active();
    if (!job) return;
    db.writeDurably(() => {
      jobs.setState(job.id, state, null, state === 'cancelled' ? clock() : null);
      if (state === 'cancelled') queue.clear(job.id);
    });
    unwritten.delete(job.id);
    progress.tell();
  };

  takeUp(context, ledger);
  setImmediate(goOn);

  return {
    handlers: {
      'import.add': ({ paths }) => add(paths.map((path) => resolve(path))),
      'import.pause': () => {
        setState('paused');
        void stop(false);
        return {};
      },
      'import.resume': () => {
        setState('running');
        goOn();
        return {};
      },
      'import.cancel': async () => {
        setState('cancelled');
        await stop(true);
        return {};
      },
      'import.retry': ({ paths }) => {
        const again = paths ?? failures.paths();
        if (again.length === 0) throw new Failure('not-found', 'no file has failed');
        db.write(() => again.forEach((path) => failures.forget(path)));
        context.changed('failures');
        return add(again);
      },
      'import.failures': ({ offset, limit }) => failures.page(offset, limit),
      'jobs.list': () => progress.list(),
      'folders.browse': ({ path }) => browseFolders(path),
    },
    jobsChanged: progress.changed,
    close: async () => {
      closed = true;
      await stop(true);
      progress.close();
    },
  };
}

/**
 * After a start: what stopped the former run may be gone, so its job goes on; what was in flight in two crashes is set
 * aside for the user to see.
 */
function takeUp({ db }: EngineContext, ledger: Ledger): void {
  const left = ledger.jobs.active();
  if (left?.state === 'failed') db.write(() => ledger.jobs.setState(left.id, 'running', null, null));
  const limit = settings.import.crashes;
  const crashed = db.write(() => ledger.queue.countCrashes(limit));
  for (const file of crashed) {
    const message = `Familiar ended abruptly ${limit} times while it read this file, and now leaves it alone`;
    ledger.fail(file.job_id, file, new Failure('crashed-twice', message));
  }
}
