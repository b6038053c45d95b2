import { DatabaseSync } from 'node:sqlite';

import { Failure } from '../../contract/errors.ts';
import { migrateTo1 } from './migrations/0001-library.ts';
import { migrateTo2 } from './migrations/0002-kept.ts';
import { migrateTo3 } from './migrations/0003-review.ts';
import { migrateTo4 } from './migrations/0004-people.ts';
import { migrateTo5 } from './migrations/0005-scale.ts';
import { migrateTo6 } from './migrations/0006-heads.ts';
import { migrateTo7 } from './migrations/0007-parts.ts';

/** `migrations[n]` brings a library from schema n to n + 1. */
const migrations = [migrateTo1, migrateTo2, migrateTo3, migrateTo4, migrateTo5, migrateTo6, migrateTo7];

const schemaVersion = migrations.length;

/** The one writing connection of a library. */
export interface LibraryDb {
  readonly sql: DatabaseSync;
  /** Runs `work` in a transaction that a power cut may lose as a whole: what the pipeline does. */
  write<T>(work: () => T): T;
  /** Runs `work` in a transaction that is on the disk when this returns: what a user did. */
  writeDurably<T>(work: () => T): T;
  /** The same, and the bytes of what it deletes are overwritten. */
  writeOver<T>(work: () => T): T;
  /** Writes the file anew, so that nothing that was ever deleted is left in it or beside it. As long as a copy. */
  scrub(): void;
  close(): void;
}

/**
 * Opens or creates a library database and brings it to the current schema.
 * @throws {Failure} `library-newer`, `library-damaged`, `no-permission` or `disk-full`
 */
export function openLibraryDb(file: string): LibraryDb {
  const sql = openFile(file);
  const transaction = <T>(synchronous: 'NORMAL' | 'FULL', work: () => T): T => {
    sql.exec(`PRAGMA synchronous = ${synchronous}`);
    sql.exec('BEGIN IMMEDIATE');
    try {
      const value = work();
      sql.exec('COMMIT');
      return value;
    } catch (error) {
      if (sql.isTransaction) sql.exec('ROLLBACK');
      throw sqlFailure(error);
    }
  };
  return {
    sql,
    write: (work) => transaction('NORMAL', work),
    writeDurably: (work) => transaction('FULL', work),
    writeOver: (work) => {
      sql.exec('PRAGMA secure_delete = ON');
      try {
        return transaction('FULL', work);
      } finally {
        sql.exec('PRAGMA secure_delete = OFF');
      }
    },
    scrub: () => {
      try {
        sql.exec('VACUUM');
        // The log beside the file still has the former pages until it is cut off.
        sql.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        throw sqlFailure(error);
      }
    },
    close: () => sql.close(),
  };
}

function openFile(file: string): DatabaseSync {
  let sql: DatabaseSync | undefined;
  try {
    sql = new DatabaseSync(file);
    // A vector of 2 kB fills half a page of the usual 4 kB, and the next does not fit beside it.
    sql.exec(`
      PRAGMA page_size = 8192;
      PRAGMA journal_mode = WAL;
      PRAGMA foreign_keys = ON;
      PRAGMA busy_timeout = 2000;
      PRAGMA cache_size = -16384;
      PRAGMA temp_store = MEMORY;
    `);
    migrate(sql);
    return sql;
  } catch (error) {
    sql?.close();
    throw sqlFailure(error);
  }
}

function migrate(sql: DatabaseSync): void {
  const found = Number(sql.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found > schemaVersion) {
    throw new Failure(
      'library-newer',
      `the library was written by a newer Familiar (schema ${found}); update the program`,
    );
  }
  for (const [version, step] of migrations.entries()) {
    if (version < found) continue;
    sql.exec('BEGIN IMMEDIATE');
    try {
      step(sql);
      sql.exec(`PRAGMA user_version = ${version + 1}`);
      sql.exec('COMMIT');
    } catch (error) {
      sql.exec('ROLLBACK');
      throw error;
    }
  }
}

/** SQLite's result codes, https://sqlite.org/rescode.html: the low byte is the primary code. */
const failureOfCode: Readonly<Record<number, [Failure['code'], string]>> = {
  3: ['no-permission', 'no permission to use the library folder'],
  8: ['no-permission', 'the library folder is read-only'],
  11: ['library-damaged', 'the library database is damaged; restore a backup'],
  13: ['disk-full', 'the disk with the library is full; free some space'],
  14: ['no-permission', 'the library database cannot be opened'],
  26: ['library-damaged', 'the library database is not a database; restore a backup'],
};

/** Gives SQLite's errors that a user can do something about a code of ours; leaves the others as they are. */
export function sqlFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const known = failureOfCode[error.errcode & 0xff];
  return known ? new Failure(known[0], known[1], { cause: error }) : error;
}
