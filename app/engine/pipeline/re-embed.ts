import { setTimeout as sleep } from 'node:timers/promises';

import { describeFailure } from '../../contract/errors.ts';
import type { JobId } from '../../contract/ids.ts';
import type { EngineContext } from '../context.ts';
import { librarySettings } from '../db/library-settings.ts';
import { reEmbedTable, type FaceToEmbed } from '../db/re-embed.ts';
import type { Models } from '../model/start-models.ts';
import { settings } from '../settings.ts';

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
  /** Goes on with a change that the end of the program cut. */
  resume(embedder: string): Promise<JobId>;
  /** The old one stays. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A change that was cut goes on at the next start: the name of the next pack stands in the library, and which faces
 * lack a vector can be asked at any time. Names and corrections are facts about faces, so they need nothing.
 */
export function createReEmbedding(context: EngineContext, options: ReEmbedOptions): ReEmbedding {
  const { db, clock } = context;
  const table = reEmbedTable(db.sql);
  const remembered = librarySettings(db.sql);
  let running: { readonly job: JobId; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  const begin = (embedder: string): JobId => {
    const models = options.startModels(embedder);
    const stop = new AbortController();
    const version = models.packs().embeddingVersion;
    const counts = { total: table.countFaces(), done: table.countEmbedded(version), failed: 0 };
    const job = db.write(() => table.addJob(counts.total, counts.done, clock())) as JobId;
    const tell = (state: Parameters<typeof table.setJob>[1], problem: string | null = null): void => {
      const finishedAt = state === 'running' ? null : clock();
      db.write(() => table.setJob(job, state, counts.done, counts.failed, problem, finishedAt));
      options.jobsChanged();
    };
    const change = async (): Promise<void> => {
      try {
        await embedAll(models, stop.signal, counts, () => tell('running'));
        activate(embedder);
        await options.regroup();
        await dropUnused(context.closing);
        tell('done');
      } catch (error) {
        const { code, message } = describeFailure(error);
        // What the end of the program cuts goes on at the next start.
        if (!context.closing.aborted)
          tell(code === 'cancelled' ? 'cancelled' : 'failed', code === 'cancelled' ? null : message);
      } finally {
        await models.close();
        running = undefined;
      }
    };
    options.jobsChanged();
    running = { job, stop, ended: change() };
    return job;
  };

  /** Ends when every face has a vector and no import is at work, so that nothing can come in between. */
  const embedAll = async (
    models: Models,
    signal: AbortSignal,
    counts: { done: number; failed: number },
    tell: () => void,
  ): Promise<void> => {
    const { embedder, embeddingVersion } = models.packs();
    const unreadable = new Set<number>();
    for (let last = 0; ;) {
      signal.throwIfAborted();
      const faces = table.lacking(embeddingVersion, last, settings.reEmbed.faces);
      last = faces.at(-1)?.id ?? 0;
      const readable = faces.filter(({ id }) => !unreadable.has(id));
      if (readable.length > 0) {
        const vectors = await embedFaces(models, readable, embedder, signal);
        db.write(() => vectors.forEach((vector, id) => table.save(id, embeddingVersion, vector)));
        for (const { id } of readable) if (!vectors.has(id)) unreadable.add(id);
        counts.done += vectors.size;
        counts.failed = unreadable.size;
        tell();
      } else if (faces.length === 0) {
        if (!table.importRuns() && table.lacking(embeddingVersion, 0, unreadable.size + 1).length <= unreadable.size)
          return;
        await sleep(settings.reEmbed.waitMs, undefined, { signal });
      }
    }
  };

  const embedFaces = async (
    models: Models,
    faces: readonly FaceToEmbed[],
    { template, dimensions }: { readonly template: string; readonly dimensions: number },
    signal: AbortSignal,
  ): Promise<Map<number, Float32Array>> => {
    const crops = faces.map(({ webp, face }) => ({ webp, face }));
    const chips = await context.media.alignCrops({ crops, template }, signal);
    const good = faces.flatMap(({ id }, i) => (chips[i] ? [{ id, chip: chips[i] }] : []));
    if (good.length === 0) return new Map();
    const joined = new Uint8Array(Buffer.concat(good.map(({ chip }) => chip)));
    const rows = await (await models.get()).embed({ chips: joined, count: good.length }, signal);
    return new Map(good.map(({ id }, i) => [id, rows.subarray(i * dimensions, (i + 1) * dimensions)]));
  };

  const activate = (embedder: string): void => {
    const unused = context.packs().embeddingVersion;
    db.writeDurably(() => {
      remembered.set(embedderKeys.active, embedder);
      remembered.set(embedderKeys.next, null);
      remembered.set(embedderKeys.unused, unused);
    });
    options.onSwitch();
  };

  const dropUnused = async (signal: AbortSignal): Promise<void> => {
    const version = remembered.get(embedderKeys.unused);
    if (version === null || version === context.packs().embeddingVersion) return;
    let last: number | null = 0;
    while (last !== null) {
      signal.throwIfAborted();
      const after: number = last;
      last = db.write(() => table.drop(version, after, settings.reEmbed.rowsAtOnce));
      await sleep(1);
    }
    db.write(() => remembered.set(embedderKeys.unused, null));
  };

  const cancel = async (): Promise<void> => {
    const next = remembered.get(embedderKeys.next);
    running?.stop.abort();
    await running?.ended;
    if (next === null) return;
    const unused = options.startModels(next).packs().embeddingVersion;
    db.writeDurably(() => {
      remembered.set(embedderKeys.next, null);
      remembered.set(embedderKeys.unused, unused);
    });
    await dropUnused(context.closing);
  };

  return {
    next: () => remembered.get(embedderKeys.next),
    start: async (embedder) => {
      if (running && remembered.get(embedderKeys.next) === embedder) return running.job;
      await cancel();
      db.writeDurably(() => remembered.set(embedderKeys.next, embedder));
      return begin(embedder);
    },
    resume: async (embedder) => running?.job ?? begin(embedder),
    cancel,
    close: async () => {
      running?.stop.abort();
      await running?.ended;
    },
  };
}
