import type { DatabaseSync } from 'node:sqlite';

/** What the library remembers of its own set-up, by key. */
export interface LibrarySettings {
  get(key: string): string | null;
  /** Null forgets it. */
  set(key: string, value: string | null): void;
}

export function librarySettings(sql: DatabaseSync): LibrarySettings {
  const get = sql.prepare('SELECT value FROM setting WHERE key = ?');
  const set = sql.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)');
  const forget = sql.prepare('DELETE FROM setting WHERE key = ?');
  return {
    get: (key) => (get.get(key)?.['value'] ?? null) as string | null,
    set: (key, value) => {
      if (value === null) forget.run(key);
      else set.run(key, value);
    },
  };
}
