import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { EventName, Events, Input, Output, RequestName } from '../../app/contract/api.ts';
import type { Job } from '../../app/contract/model.ts';
import type { EngineContext, FaceSink } from '../../app/engine/context.ts';
import { openLibraryDb } from '../../app/engine/db/open.ts';
import type { MediaService } from '../../app/engine/image/media-service.ts';
import { startModels } from '../../app/engine/model/start-models.ts';
import { createImport } from '../../app/engine/pipeline/import.ts';
import { createRecognition } from '../../app/engine/recognition.ts';
import { createPool } from '../../app/workers/pool.ts';
import { spawnThread } from '../../app/workers/spawn.ts';

/** Real media threads and a real model thread, started once for the tests of a file. */
export function startWorkers() {
  const media = createPool<MediaService>(spawnThread, 'media', 2);
  const packDir = resolve(import.meta.dirname, '../../resources/models/packs');
  const models = startModels({ packDir, spawn: spawnThread, threads: 2 });
  return { media, models, close: () => Promise.all([media.close(), models.close()]) };
}

export type Workers = ReturnType<typeof startWorkers>;

/** The real media threads, with a note of the files they are asked to read. */
export function noteReads(media: Workers['media'], notes: string[]): Workers['media']['remote'] {
  return new Proxy(media.remote, {
    get: (remote, method) => {
      if (method !== 'read') return remote[method as keyof typeof remote];
      return (...[input, signal]: Parameters<typeof remote.read>) => {
        notes.push(input.path);
        return remote.read(input, signal);
      };
    },
  });
}

/** What the pipeline told of faces. */
export interface TestSink extends FaceSink {
  readonly added: Map<number, Float32Array>;
  readonly gone: number[];
  idle: number;
}

function createSink(): TestSink {
  const sink: TestSink = {
    added: new Map(),
    gone: [],
    idle: 0,
    facesAdded: async ({ ids, vectors }) => {
      const dimensions = vectors.length / ids.length;
      for (const [row, id] of ids.entries())
        sink.added.set(id, vectors.slice(row * dimensions, (row + 1) * dimensions));
    },
    facesGone: async (ids) => {
      sink.gone.push(...ids);
    },
    importIdle: async () => {
      sink.idle++;
    },
  };
  return sink;
}

export type TestImport = Awaited<ReturnType<typeof openImport>>;

/** An import into a library in a temporary folder, or in `dir` again. */
export function openImport(workers: Workers, overrides: Partial<EngineContext> & { dir?: string } = {}) {
  const dir = overrides.dir ?? mkdtempSync(join(tmpdir(), 'familiar-import-'));
  const db = openLibraryDb(join(dir, 'library.sqlite'));
  const emitted: { name: EventName; payload: Events[EventName] }[] = [];
  const context: EngineContext = {
    dir,
    version: '0.0.0-test',
    db,
    media: workers.media.remote,
    mediaThreads: 2,
    index: {} as EngineContext['index'],
    packs: () => workers.models.packs(),
    recognition: createRecognition(() => workers.models.packs(), db.sql),
    models: () => workers.models.get(),
    clock: Date.now,
    random: Math.random,
    emit: (name, payload) => emitted.push({ name, payload }),
    report: (where, error) => console.error(where, error),
    changed: (...subjects) => emitted.push({ name: 'changed', payload: { subjects } }),
    closing: new AbortController().signal,
    ...overrides,
  };
  const sink = createSink();
  const subject = createImport(context, sink);
  type Asked = Extract<RequestName, keyof typeof subject.handlers>;
  const request = async <N extends Asked>(name: N, input: Input<N>): Promise<Output<N>> =>
    await subject.handlers[name](input as never, new AbortController().signal);
  const job = (): Job => (emitted.findLast(({ name }) => name === 'jobs')?.payload as Job[])[0]!;

  return {
    dir,
    db,
    sink,
    context,
    emitted,
    request,
    /** Waits until the newest job is as told. */
    until: async (is: (job: Job) => boolean): Promise<Job> => {
      for (;;) {
        const [newest] = await request('jobs.list', {});
        if (newest && is(newest)) return newest;
        await new Promise((wake) => setTimeout(wake, 20));
      }
    },
    job,
    /** Adds paths and waits for the job to be over or stopped by a problem. */
    add: async (...paths: string[]): Promise<Job> => {
      const { job: id } = await request('import.add', { paths });
      for (;;) {
        const found = (await request('jobs.list', {})).find((one) => one.id === id)!;
        if (found.state === 'done' || found.problem !== null) return found;
        await new Promise((wake) => setTimeout(wake, 20));
      }
    },
    rows: (sql: string): Record<string, unknown>[] => db.sql.prepare(sql).all(),
    failures: () => request('import.failures', { offset: 0, limit: 1000 }).then(({ failures }) => failures),
    /** Leaves the library on the disk, to be opened again. */
    close: async () => {
      await subject.close?.();
      db.close();
    },
    remove: async () => {
      await subject.close?.();
      if (db.sql.isOpen) db.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
