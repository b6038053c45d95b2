import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

import { Failure } from '../../contract/errors.ts';
import { sqlFailure } from '../db/open.ts';

/** Who has a library open, and how other programs of this user reach it. */
export const Holder = z.object({
  pid: z.number().int(),
  /** In words: `the Familiar window`, `familiar scan`. */
  program: z.string(),
  /** `http://127.0.0.1:1234`; null for a program that does not answer others. */
  url: z.string().nullable(),
  /** Bearer token for `url`. */
  token: z.string().nullable(),
  /** Milliseconds since 1970. */
  since: z.number(),
});
export type Holder = z.infer<typeof Holder>;

export interface LibraryLock {
  /** Writes down who holds the library, readable by this user alone. */
  announce(holder: Holder): void;
  release(): void;
}

/** SQLite's SQLITE_BUSY, https://sqlite.org/rescode.html */
const sqliteBusy = 5;

/**
 * Takes a library for this process. The lock is one that the operating system holds (SQLite's, on a file of
 * its own), so it ends with the process, however that ends.
 * @throws {Failure} `library-busy` naming the holder; `no-permission`, `disk-full`
 */
export function lockLibrary(dir: string): LibraryLock {
  const lock = openLock(dir);
  // What a killed process may have left: it is not the holder any more.
  rmSync(holderFile(dir), { force: true });
  return {
    announce: (holder) => {
      const whole = `${holderFile(dir)}.new`;
      rmSync(whole, { force: true });
      writeFileSync(whole, JSON.stringify(holder), { mode: 0o600, flag: 'wx' });
      renameSync(whole, holderFile(dir));
    },
    release: () => {
      if (!lock.isOpen) return;
      rmSync(holderFile(dir), { force: true });
      lock.close();
    },
  };
}

/** Who says that it holds the library; null when nobody does or it has not said so yet. */
export function readHolder(dir: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(holderFile(dir), 'utf8')));
  } catch {
    // Absent, or from a version that writes it differently: unknown either way.
    return null;
  }
}

const holderFile = (dir: string): string => join(dir, 'holder.json');

function openLock(dir: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(dir, 'lock.sqlite'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const busy = error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
    throw busy ? new Failure('library-busy', describeHolder(readHolder(dir))) : sqlFailure(error);
  }
}

function describeHolder(holder: Holder | null): string {
  if (!holder) return 'another Familiar has this library open; close it or wait until it is done';
  return `this library is open in ${holder.program} (process ${holder.pid}); close it or wait until it is done`;
}
