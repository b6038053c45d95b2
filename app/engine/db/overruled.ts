import type { DatabaseSync } from 'node:sqlite';

import { Said } from '../history/said.ts';

export interface OverruledRow {
  readonly id: number;
  readonly said: Said;
}

/** What the user said and a newer word contradicts. */
export interface OverruledQueries {
  /** Newest first. */
  list(): OverruledRow[];
  get(id: number): Said | undefined;
}

export function createOverruledQueries(sql: DatabaseSync): OverruledQueries {
  const list = sql.prepare('SELECT id, said FROM overruled ORDER BY id DESC');
  const get = sql.prepare('SELECT said FROM overruled WHERE id = ?');
  const read = (said: unknown): Said => Said.parse(JSON.parse(String(said)));
  return {
    list: () => list.all().map((row) => ({ id: Number(row['id']), said: read(row['said']) })),
    get: (id) => {
      const row = get.get(id);
      return row && read(row['said']);
    },
  };
}
