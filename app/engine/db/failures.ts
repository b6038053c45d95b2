import type { DatabaseSync } from 'node:sqlite';

import type { FailureCode } from '../../contract/errors.ts';
import type { FileFailure } from '../../contract/model.ts';

export interface FailureRow {
  readonly path: string;
  readonly code: FailureCode;
  readonly message: string;
  readonly size: number;
  readonly mtime_ms: number;
  readonly at: number;
}

export interface FailureTable {
  atPath(path: string): FailureRow | undefined;
  /** Takes the place of what was known of the path. */
  set(row: FailureRow): void;
  forget(path: string): void;
  /** Latest first. */
  page(offset: number, limit: number): { total: number; failures: FileFailure[] };
  paths(): string[];
}

/** Files that are no photo here, and why. */
export function failureTable(sql: DatabaseSync): FailureTable {
  const atPath = sql.prepare('SELECT * FROM failure WHERE path = ?');
  const set = sql.prepare(`
    INSERT OR REPLACE INTO failure (path, code, message, size, mtime_ms, at)
    VALUES (:path, :code, :message, :size, :mtime_ms, :at)`);
  const forget = sql.prepare('DELETE FROM failure WHERE path = ?');
  const total = sql.prepare('SELECT count(*) AS total FROM failure');
  const page = sql.prepare('SELECT path, code, message, at FROM failure ORDER BY at DESC, path LIMIT ? OFFSET ?');
  const paths = sql.prepare('SELECT path FROM failure ORDER BY path');
  return {
    atPath: (path) => atPath.get(path) as FailureRow | undefined,
    set: (row) => void set.run({ ...row }),
    forget: (path) => void forget.run(path),
    page: (offset, limit) => ({
      total: Number(total.get()?.['total']),
      failures: page.all(limit, offset) as unknown as FileFailure[],
    }),
    paths: () => paths.all().map((row) => String(row['path'])),
  };
}
