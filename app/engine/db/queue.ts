import type { DatabaseSync } from 'node:sqlite';

export interface QueuedFile {
  readonly path: string;
  readonly size: number;
  readonly mtime_ms: number;
  /** How often the program died with this file in flight. */
  readonly crashes: number;
}

export interface QueueTable {
  /** False where the file waits already. */
  add(jobId: number, file: { path: string; size: number; mtimeMs: number }): boolean;
  /** The next files in the order they were found, marked as in flight. */
  take(jobId: number, count: number): QueuedFile[];
  /** The next file that was in flight when the program died, marked as in flight. */
  takeSuspect(jobId: number): QueuedFile | undefined;
  finish(path: string): void;
  /** Puts back what was taken and not finished. */
  release(jobId: number): void;
  isEmpty(jobId: number): boolean;
  clear(jobId: number): void;
  /** After a start: whatever is in flight was so when the program died. Gives the files in flight `limit` times. */
  countCrashes(limit: number): (QueuedFile & { readonly job_id: number })[];
}

/** Files found and not yet finished. */
export function queueTable(sql: DatabaseSync): QueueTable {
  const columns = 'path, size, mtime_ms, crashes';
  const add = sql.prepare('INSERT OR IGNORE INTO queue (path, job_id, size, mtime_ms) VALUES (?, ?, ?, ?)');
  const take = sql.prepare(`
    UPDATE queue SET in_flight = 1 WHERE rowid IN (
      SELECT rowid FROM queue WHERE job_id = ? AND in_flight = 0 ORDER BY rowid LIMIT ?
    ) RETURNING ${columns}, rowid`);
  const takeSuspect = sql.prepare(`
    UPDATE queue SET in_flight = 1 WHERE rowid = (
      SELECT rowid FROM queue WHERE job_id = ? AND crashes > 0 ORDER BY rowid LIMIT 1
    ) RETURNING ${columns}`);
  const finish = sql.prepare('DELETE FROM queue WHERE path = ?');
  const release = sql.prepare('UPDATE queue SET in_flight = 0 WHERE job_id = ? AND in_flight = 1');
  const some = sql.prepare('SELECT 1 FROM queue WHERE job_id = ? LIMIT 1');
  const clear = sql.prepare('DELETE FROM queue WHERE job_id = ?');
  const countCrashes = sql.prepare('UPDATE queue SET crashes = crashes + 1, in_flight = 0 WHERE in_flight = 1');
  const crashed = sql.prepare(`SELECT ${columns}, job_id FROM queue WHERE crashes >= ? ORDER BY rowid`);
  return {
    add: (jobId, { path, size, mtimeMs }) => add.run(path, jobId, size, mtimeMs).changes === 1,
    take: (jobId, count) => {
      // RETURNING promises no order.
      const rows = take.all(jobId, count) as unknown as (QueuedFile & { rowid: number })[];
      return rows.sort((a, b) => a.rowid - b.rowid);
    },
    takeSuspect: (jobId) => takeSuspect.get(jobId) as QueuedFile | undefined,
    finish: (path) => void finish.run(path),
    release: (jobId) => void release.run(jobId),
    isEmpty: (jobId) => some.get(jobId) === undefined,
    clear: (jobId) => void clear.run(jobId),
    countCrashes: (limit) => {
      countCrashes.run();
      return crashed.all(limit) as unknown as (QueuedFile & { job_id: number })[];
    },
  };
}
