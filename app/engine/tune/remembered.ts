import { z } from 'zod';

import { librarySettings } from '../db/library-settings.ts';
import type { LibraryDb } from '../db/open.ts';

/** A training that is on. Found when the library is opened, it says that the program ended within it. */
export const Running = z.object({
  /** Newest action of the journal when it began. */
  seen: z.number().int(),
  /** When the native backend that it ran on was measured (ms since 1970); null: it ran on WASM. */
  native: z.number().nullable(),
});
export type Running = z.infer<typeof Running>;

/** What the library remembers of learning, besides the heads. Callers choose the transaction. */
export interface Remembered {
  automatic(): boolean;
  setAutomatic(on: boolean): void;
  running(): Running | null;
  setRunning(running: Running | null): void;
  /** Why the last run ended without a version; null where it did not. */
  problem(): string | null;
  setProblem(problem: string | null): void;
  /** Newest action that a run has learnt from. */
  seen(): number;
  setSeen(action: number): void;
  /** A run should begin by itself however little is new: what was learnt from an erased person is gone. */
  due(): boolean;
  setDue(due: boolean): void;
  /** The measurement of the native backend that is not to be believed: the program ended within a run on it. */
  distrusted(): number | null;
  setDistrusted(measuredAt: number): void;
}

const keys = {
  automatic: 'tune.automatic',
  running: 'tune.running',
  problem: 'tune.problem',
  seen: 'tune.seen',
  due: 'tune.due',
  distrusted: 'tune.distrusted',
} as const;

export function rememberedTuning({ sql }: Pick<LibraryDb, 'sql'>): Remembered {
  const kept = librarySettings(sql);
  const number = (key: string): number | null => {
    const text = kept.get(key);
    return text === null ? null : Number(text);
  };
  return {
    automatic: () => kept.get(keys.automatic) !== 'off',
    setAutomatic: (on) => kept.set(keys.automatic, on ? null : 'off'),
    running: () => {
      const text = kept.get(keys.running);
      return text === null ? null : Running.parse(JSON.parse(text));
    },
    setRunning: (running) => kept.set(keys.running, running && JSON.stringify(running)),
    problem: () => kept.get(keys.problem),
    setProblem: (problem) => kept.set(keys.problem, problem),
    seen: () => number(keys.seen) ?? 0,
    setSeen: (action) => kept.set(keys.seen, String(action)),
    due: () => kept.get(keys.due) !== null,
    setDue: (due) => kept.set(keys.due, due ? '1' : null),
    distrusted: () => number(keys.distrusted),
    setDistrusted: (measuredAt) => kept.set(keys.distrusted, String(measuredAt)),
  };
}
