import type { Failure } from '../../contract/errors.ts';
import type { EngineContext } from '../context.ts';
import { failureTable, type FailureTable } from '../db/failures.ts';
import { jobTable, type JobTable } from '../db/jobs.ts';
import { queueTable, type QueuedFile, type QueueTable } from '../db/queue.ts';

/** The import's tables, and how a file leaves the queue: its outcome, its row and the job's count change together. */
export interface Ledger {
  readonly jobs: JobTable;
  readonly queue: QueueTable;
  readonly failures: FailureTable;
  /** Inside the caller's transaction: the file is a photo now, with so many faces. */
  finish(jobId: number, file: QueuedFile, faces: number): void;
  /** In a transaction of its own: the file is no photo, and why. */
  fail(jobId: number, file: QueuedFile, failure: Failure): void;
}

export function createLedger({ db, clock }: Pick<EngineContext, 'db' | 'clock'>): Ledger {
  const [jobs, queue, failures] = [jobTable(db.sql), queueTable(db.sql), failureTable(db.sql)];
  return {
    jobs,
    queue,
    failures,
    finish: (jobId, { path }, faces) => {
      failures.forget(path);
      queue.finish(path);
      jobs.count(jobId, { done: 1, faces });
    },
    fail: (jobId, { path, size, mtime_ms }, { code, message }) =>
      db.write(() => {
        failures.set({ path, code, message, size, mtime_ms, at: clock() });
        queue.finish(path);
        jobs.count(jobId, { done: 1, failed: 1 });
      }),
  };
}
