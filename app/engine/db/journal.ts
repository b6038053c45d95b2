import type { DatabaseSync } from 'node:sqlite';

import { z } from 'zod';

import { Action } from '../../contract/model.ts';
import { Change } from '../history/change.ts';

/** The rows of `action`: what the user did, in order. Undone actions are always the newest ones. */
export interface Journal {
  append(at: number, kind: Action['kind'], label: string, changes: readonly Change[]): Action;
  /** The newest action that stands. */
  lastDone(): Action | null;
  /** The oldest action that was taken back. */
  firstUndone(): Action | null;
  changes(id: number): Change[];
  setUndone(id: number, undone: boolean): void;
  /** After a new action nothing can be redone any more. */
  dropUndone(): void;
  /** Everything, oldest first. */
  all(): { readonly id: number; readonly kind: Action['kind']; readonly label: string; readonly changes: Change[] }[];
  /** The journal never changes what was done, but where a person is to be forgotten. */
  rewrite(id: number, label: string, changes: readonly Change[]): void;
  remove(id: number): void;
}

const columns = 'id, kind, label, at, undone';

export function createJournal(sql: DatabaseSync): Journal {
  const insert = sql.prepare('INSERT INTO action (at, kind, label, changes) VALUES (?, ?, ?, ?)');
  const last = sql.prepare(`SELECT ${columns} FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1`);
  // The undone tail ends at the newest row that stands; asked this way it is never a walk through all.
  const first = sql.prepare(`
    SELECT ${columns} FROM action
    WHERE id > coalesce((SELECT id FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1), 0) ORDER BY id LIMIT 1`);
  const changesOf = sql.prepare('SELECT changes FROM action WHERE id = ?');
  const mark = sql.prepare('UPDATE action SET undone = ? WHERE id = ?');
  const drop = sql.prepare(
    'DELETE FROM action WHERE id > coalesce((SELECT id FROM action WHERE undone = 0 ORDER BY id DESC LIMIT 1), 0)',
  );
  const all = sql.prepare('SELECT id, kind, label, changes FROM action ORDER BY id');
  const rewrite = sql.prepare('UPDATE action SET label = ?, changes = ? WHERE id = ?');
  const remove = sql.prepare('DELETE FROM action WHERE id = ?');
  const read = (row: Record<string, unknown> | undefined): Action | null =>
    row ? Action.parse({ ...row, undone: row['undone'] === 1 }) : null;

  return {
    append: (at, kind, label, changes) => {
      const { lastInsertRowid } = insert.run(at, kind, label, JSON.stringify(changes));
      return Action.parse({ id: Number(lastInsertRowid), kind, label, at, undone: false });
    },
    lastDone: () => read(last.get()),
    firstUndone: () => read(first.get()),
    changes: (id) => readChanges(changesOf.get(id)?.['changes']),
    setUndone: (id, undone) => void mark.run(Number(undone), id),
    dropUndone: () => void drop.run(),
    all: () =>
      all.all().map((row) => ({
        id: Number(row['id']),
        kind: Action.shape.kind.parse(row['kind']),
        label: String(row['label']),
        changes: readChanges(row['changes']),
      })),
    rewrite: (id, label, changes) => void rewrite.run(label, JSON.stringify(changes), id),
    remove: (id) => void remove.run(id),
  };
}

function readChanges(text: unknown): Change[] {
  return z.array(Change).parse(JSON.parse(String(text)));
}
