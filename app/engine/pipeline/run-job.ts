import { Failure } from '../../contract/errors.ts';
import type { QueuedFile } from '../db/queue.ts';
import { createBell } from './bell.ts';
import { prepareFileRun, type FileRun } from './run-files.ts';
import { walkSources } from './walk-sources.ts';

/** Files marked as in flight together: few, because each is suspect when the program dies. */
const takenTogether = 8;

export interface JobRun extends FileRun {
  /** Takes no further file; what is in flight is finished. */
  readonly halt: AbortSignal;
  readonly onWalked: () => void;
}

export interface RunningJob {
  /** The job's sources have grown. */
  readonly walkOn: () => void;
  /** Resolves when nothing is left to do, or after a halt; rejects with what stopped the job. */
  readonly ended: Promise<void>;
}

/** Walks and works off one job, side by side. */
export function runJob(run: JobRun): RunningJob {
  const { context, ledger, jobId, halt } = run;
  const { jobs, queue } = ledger;
  const bell = createBell();
  const stopWalk = new AbortController();
  const stop = AbortSignal.any([halt, run.signal, stopWalk.signal]);
  const isStopped = (): boolean => stop.aborted;
  halt.addEventListener('abort', bell.ring, { once: true });

  let walkFailure: { readonly error: unknown } | undefined;
  let walking: Promise<void> | undefined;
  const walkOn = (): void => {
    walking ??= walkSources(context, ledger, jobId, stop, () => {
      run.onWalked();
      bell.ring();
    })
      .catch((error: unknown) => {
        walkFailure = { error };
      })
      .finally(() => {
        walking = undefined;
        bell.ring();
      });
  };

  /** Files in the order they were found, as long as there are any or a walk may find more. */
  async function* feed(): AsyncGenerator<QueuedFile> {
    while (!isStopped()) {
      const files = context.db.write(() => queue.take(jobId, takenTogether));
      if (files.length === 0 && !walking) return;
      if (files.length === 0) await bell.next();
      for (const file of files) {
        if (isStopped()) return;
        yield file;
      }
    }
  }

  const work = async (): Promise<void> => {
    const runFiles = await prepareFileRun(run);
    // What was in flight when the program died goes alone, so that no other file is blamed if it dies again.
    for (let suspect = queue.takeSuspect(jobId); suspect && !isStopped(); suspect = queue.takeSuspect(jobId)) {
      await runFiles(only(suspect));
    }
    do {
      await runFiles(feed());
      if (walkFailure) throw walkFailure.error;
    } while (!isStopped() && (walking || !queue.isEmpty(jobId)));
  };

  const release = (): void => {
    try {
      context.db.write(() => queue.release(jobId));
    } catch (error) {
      // The disk is full, which has stopped the job already; the next run begins by releasing.
      if (!(error instanceof Failure)) throw error;
    }
  };

  const begin = async (): Promise<void> => {
    try {
      // What a disk that was full left marked.
      context.db.write(() => queue.release(jobId));
      // Before the walk, which asks for the models' versions.
      await context.models();
      if (jobs.active()?.walking === 1) walkOn();
      await work();
    } finally {
      stopWalk.abort();
      await walking;
      release();
    }
  };
  return { walkOn, ended: begin() };
}

async function* only<T>(item: T): AsyncGenerator<T> {
  yield item;
}
