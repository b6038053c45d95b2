import { setImmediate } from 'node:timers/promises';

import { describeFailure } from '../../contract/errors.ts';
import type { JobId } from '../../contract/ids.ts';
import type { EngineContext } from '../context.ts';
import { librarySettings, type LibrarySettings } from '../db/library-settings.ts';
import { reEmbedTable, type ReEmbedTable } from '../db/re-embed.ts';
import type { Models } from '../model/start-models.ts';
import { settings } from '../settings.ts';
import { embedLacking } from './embed-lacking.ts';

/** What the library remembers of its embedder. */
export const embedderKeys = {
  /** Name of the active pack; null: the default. */
  active: 'embedder',
  /** Name of the pack that is to become active when every face has a vector of it. */
  next: 'embedder.next',
  /** Embedding version whose vectors nobody needs any more. */
  unused: 'embedder.unused',
} as const;

export interface ReEmbedOptions {
  /** The models with another embedder, in a thread beside the one that serves. */
  readonly startModels: (embedder: string) => Models;
  /** The next embedder is the active one now. */
  readonly onSwitch: () => void;
  /** Indexes and groups every face anew. */
  readonly regroup: () => Promise<void>;
  readonly jobsChanged: () => void;
}

/** Changes the embedder of a library in the background, from the crops that are kept, while the old one serves. */
export interface ReEmbedding {
  /** Name of the pack that faces are being embedded with. */
  next(): string | null;
  start(embedder: string): Promise<JobId>;
  /** The old one stays. */
  cancel(): Promise<void>;
  /** Goes on with what the end of the program cut. */
  goOn(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A change that was cut goes on at the next start: the name of the next pack stands in the library, and which faces
 * lack a vector can be asked at any time. Names and corrections are facts about faces, so they need nothing.
 */
export function createReEmbedding(context: EngineContext, options: ReEmbedOptions): ReEmbedding {
  const { db } = context;
  const table = reEmbedTable(db.sql);
  const remembered = librarySettings(db.sql);
  const dropUnused = (): Promise<void> => dropVectors(context, table, remembered);
  let running: (Change & { readonly stop: AbortController }) | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const begin = (embedder: string): JobId => {
    const stop = new AbortController();
    const change = runChange({ context, options, table, remembered, dropUnused, signal: stop.signal }, embedder);
    running = { ...change, stop };
    void change.ended.finally(() => (running = undefined));
    return change.job;
  };
  const cancel = async (): Promise<void> => {
    const next = remembered.get(embedderKeys.next);
    running?.stop.abort();
    await running?.ended;
    if (next === null || remembered.get(embedderKeys.next) === null) return;
    const unused = options.startModels(next).packs().embeddingVersion;
    db.writeDurably(() => {
      remembered.set(embedderKeys.next, null);
      remembered.set(embedderKeys.unused, unused);
    });
    await dropUnused();
  };

  return {
    next: () => remembered.get(embedderKeys.next),
    start: (embedder) =>
      inTurn(async () => {
        if (remembered.get(embedderKeys.next) === embedder) return running?.job ?? begin(embedder);
        await cancel();
        db.writeDurably(() => remembered.set(embedderKeys.next, embedder));
        return begin(embedder);
      }),
    cancel: () => inTurn(cancel),
    goOn: () =>
      inTurn(async () => {
        // A change that was asked for meanwhile is on its way.
        if (running) return;
        const next = remembered.get(embedderKeys.next);
        if (next !== null) begin(next);
        else if (remembered.get(embedderKeys.unused) !== null) {
          await options.regroup();
          await dropUnused();
        }
      }),
    close: async () => {
      running?.stop.abort();
      await running?.ended;
      await last;
    },
  };
}

interface Change {
  readonly job: JobId;
  /** Never rejects: how it ended stands in the job. */
  readonly ended: Promise<void>;
}

interface ChangeContext {
  readonly context: EngineContext;
  readonly options: ReEmbedOptions;
  readonly table: ReEmbedTable;
  readonly remembered: LibrarySettings;
  readonly dropUnused: () => Promise<void>;
  readonly signal: AbortSignal;
}

function runChange(
  { context, options, table, remembered, dropUnused, signal }: ChangeContext,
  embedder: string,
): Change {
  const { db, clock, closing } = context;
  const models = options.startModels(embedder);
  const version = models.packs().embeddingVersion;
  const counts = { total: table.countFaces(), done: table.countEmbedded(version), failed: 0 };
  const job = db.write(() => {
    // Left over from a change that was taken back, and wanted now.
    if (remembered.get(embedderKeys.unused) === version) remembered.set(embedderKeys.unused, null);
    return table.addJob(counts.total, counts.done, clock());
  }) as JobId;
  const tell = (state: Parameters<typeof table.setJob>[1], problem: string | null = null): void => {
    const finishedAt = state === 'running' ? null : clock();
    db.write(() => table.setJob(job, state, counts.done, counts.failed, problem, finishedAt));
    options.jobsChanged();
  };
  const onProgress = (embedded: number, unreadable: number): void => {
    counts.done += embedded;
    counts.failed = unreadable;
    tell('running');
  };
  const activate = (): void => {
    const unused = context.packs().embeddingVersion;
    db.writeDurably(() => {
      remembered.set(embedderKeys.active, embedder);
      remembered.set(embedderKeys.next, null);
      remembered.set(embedderKeys.unused, unused);
    });
    options.onSwitch();
  };
  const change = async (): Promise<void> => {
    try {
      await embedLacking({ context, table, models, signal, onProgress });
      activate();
      // What was on its way with the old embedder.
      await embedLacking({ context, table, models, signal: closing, onProgress });
      await options.regroup();
      await dropUnused();
      tell('done');
    } catch (error) {
      const { code, message } = describeFailure(error);
      // What the end of the program cuts goes on at the next start.
      if (closing.aborted) return;
      if (code === 'cancelled') tell('cancelled');
      else tell('failed', message);
    } finally {
      await models.close();
    }
  };
  options.jobsChanged();
  return { job, ended: change() };
}

/** Removes the vectors that nobody needs any more, a few at a time. */
async function dropVectors({ db, packs, closing }: EngineContext, table: ReEmbedTable, remembered: LibrarySettings) {
  const version = remembered.get(embedderKeys.unused);
  if (version === null || version === packs().embeddingVersion) return;
  let last: number | null = 0;
  while (last !== null) {
    closing.throwIfAborted();
    const after: number = last;
    last = db.write(() => table.drop(version, after, settings.reEmbed.rowsAtOnce));
    await setImmediate();
  }
  db.write(() => remembered.set(embedderKeys.unused, null));
}
