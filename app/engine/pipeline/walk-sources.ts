import type { EngineContext } from '../context.ts';
import { addSource } from '../db/jobs.ts';
import { photoTable } from '../db/photos.ts';
import { thumbDirOf } from '../image/pictures.ts';
import type { Found } from '../scan/look-at.ts';
import { walk, type Met } from '../scan/walk.ts';
import { settings } from '../settings.ts';
import type { Ledger } from './ledger.ts';
import { readVersion } from './record-photo.ts';
import { isLasting } from './retries.ts';

interface Counts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/**
 * Walks the sources of a job and queues the files that are not known yet, in batches that move the job's place along,
 * so that a walk that was stopped goes on where it was. `onBatch` is called after each.
 */
export async function walkSources(
  context: EngineContext,
  ledger: Ledger,
  jobId: number,
  signal: AbortSignal,
  onBatch: () => void,
): Promise<void> {
  const { jobs } = ledger;
  const judge = createJudge(context, ledger, jobId);
  const except = [thumbDirOf(context.dir)];

  const record = (batch: readonly Met[], root: string, done: number, path: string | null): void => {
    context.db.write(() => {
      const sum = { total: 0, done: 0, failed: 0 };
      for (const met of batch) {
        if ('folder' in met) {
          ledger.failures.forget(met.folder);
          if (met.folder === root) addSource(context.db.sql, root, context.clock());
          continue;
        }
        const counts = judge(met);
        sum.total += counts.total;
        sum.done += counts.done;
        sum.failed += counts.failed;
      }
      jobs.count(jobId, sum);
      jobs.setWalkPlace(jobId, done, path);
    });
    if (batch.some((met) => 'path' in met && met.failure)) context.changed('failures');
    onBatch();
  };

  for (;;) {
    const { sources, done, path } = jobs.walkPlace(jobId);
    const root = sources[done];
    if (root === undefined) break;
    let batch: Met[] = [];
    let place = path;
    let recordedAt = context.clock();
    for await (const met of walk(root, { after: path, except, signal })) {
      batch.push(met);
      if ('path' in met) place = met.path;
      const waits = context.clock() - recordedAt < settings.import.progressMs;
      if (waits && batch.length < settings.import.walkBatch) continue;
      record(batch, root, done, place);
      batch = [];
      recordedAt = context.clock();
    }
    if (signal.aborted) {
      record(batch, root, done, place);
      return;
    }
    record(batch, root, done + 1, null);
  }
  jobs.endWalk(jobId);
  onBatch();
}

/** Says whether a file is to be read, and counts it as done already where it is not. */
function createJudge(context: EngineContext, { failures, queue }: Ledger, jobId: number): (found: Found) => Counts {
  const photos = photoTable(context.db.sql);
  const { detectorVersion } = context.packs();
  return (found) => {
    const { path, size, mtimeMs, failure } = found;
    const isSame = (row: { size: number; mtime_ms: number }): boolean => row.size === size && row.mtime_ms === mtimeMs;
    if (failure) {
      const { code, message } = failure;
      failures.set({ path, code, message, size, mtime_ms: mtimeMs, at: context.clock() });
      return { total: 1, done: 1, failed: 1 };
    }
    const failed = failures.atPath(path);
    if (failed && isLasting(failed.code) && isSame(failed)) return { total: 1, done: 1, failed: 1 };
    const photo = photos.atPath(path);
    const isKnown = photo?.faces_version === detectorVersion && photo.read_version === readVersion && isSame(photo);
    if (isKnown) return { total: 1, done: 1, failed: 0 };
    return { total: queue.add(jobId, found) ? 1 : 0, done: 0, failed: 0 };
  };
}
