import type { DatabaseSync } from 'node:sqlite';

import type { Job, JobState } from '../../contract/model.ts';

export interface JobRow {
  readonly id: number;
  readonly kind: Job['kind'];
  readonly state: JobState;
  /** 1 until every source has been walked. */
  readonly walking: number;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly faces: number;
  readonly problem: string | null;
}

/** How far the walk has come: so many sources, and so far in the next one. */
export interface WalkPlace {
  readonly sources: readonly string[];
  readonly done: number;
  readonly path: string | null;
}

export interface JobTable {
  /** The import that is not over: running, paused or stopped by a problem. There is at most one. */
  active(): JobRow | undefined;
  recent(count: number): JobRow[];
  add(sources: readonly string[], at: number): number;
  /** More to walk for a job that is not over. */
  addSources(id: number, sources: readonly string[]): void;
  walkPlace(id: number): WalkPlace;
  setWalkPlace(id: number, done: number, path: string | null): void;
  endWalk(id: number): void;
  count(id: number, by: { total?: number; done?: number; failed?: number; faces?: number }): void;
  setState(id: number, state: JobState, problem: string | null, finishedAt: number | null): void;
}

/** Imports, with what they have done so far. `done` counts every file that is over with, failed ones included. */
export function jobTable(sql: DatabaseSync): JobTable {
  const columns = 'id, kind, state, walking, total, done, failed, faces, problem';
  const active = sql.prepare(`
    SELECT ${columns} FROM job WHERE kind = 'import' AND state IN ('running', 'paused', 'failed') ORDER BY id LIMIT 1`);
  const recent = sql.prepare(`SELECT ${columns} FROM job ORDER BY id DESC LIMIT ?`);
  const add = sql.prepare(`
    INSERT INTO job (kind, sources, walking, state, created_at) VALUES ('import', ?, 1, 'running', ?)`);
  const sourcesOf = sql.prepare('SELECT sources, walked_sources, walked_path FROM job WHERE id = ?');
  const setSources = sql.prepare('UPDATE job SET sources = ?, walking = 1 WHERE id = ?');
  const setWalkPlace = sql.prepare('UPDATE job SET walked_sources = ?, walked_path = ? WHERE id = ?');
  const endWalk = sql.prepare('UPDATE job SET walking = 0 WHERE id = ?');
  const count = sql.prepare(`
    UPDATE job SET total = total + ?, done = done + ?, failed = failed + ?, faces = faces + ? WHERE id = ?`);
  const setState = sql.prepare('UPDATE job SET state = ?, problem = ?, finished_at = ? WHERE id = ?');
  const walkPlace = (id: number): WalkPlace => {
    const row = sourcesOf.get(id) as { sources: string; walked_sources: number; walked_path: string | null };
    return { sources: JSON.parse(row.sources) as string[], done: row.walked_sources, path: row.walked_path };
  };
  return {
    active: () => active.get() as JobRow | undefined,
    recent: (limit) => recent.all(limit) as unknown as JobRow[],
    add: (sources, at) => Number(add.run(JSON.stringify(sources), at).lastInsertRowid),
    addSources: (id, sources) => void setSources.run(JSON.stringify([...walkPlace(id).sources, ...sources]), id),
    walkPlace,
    setWalkPlace: (id, done, path) => void setWalkPlace.run(done, path, id),
    endWalk: (id) => void endWalk.run(id),
    count: (id, { total = 0, done = 0, failed = 0, faces = 0 }) => void count.run(total, done, failed, faces, id),
    setState: (id, state, problem, finishedAt) => void setState.run(state, problem, finishedAt, id),
  };
}

/** Remembers a folder that the user added. */
export function addSource(sql: DatabaseSync, path: string, at: number): void {
  sql.prepare('INSERT OR IGNORE INTO source (path, added_at) VALUES (?, ?)').run(path, at);
}
