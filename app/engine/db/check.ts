import type { DatabaseSync } from 'node:sqlite';

/** Reads every page of the database. Gives what is wrong with it in SQLite's words, or null. */
export function findDamage(sql: DatabaseSync): string | null {
  const found = sql.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  return found === 'ok' ? null : String(found);
}
