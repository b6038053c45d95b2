import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Dispatch, EventName, Events, Handlers } from '../contract/api.ts';
import { Failure } from '../contract/errors.ts';
import { connect, type Connection } from '../workers/channel.ts';
import { createPool } from '../workers/pool.ts';
import type { Spawn } from '../workers/spawn.ts';
import type { EngineContext } from './context.ts';
import { chosenDistances } from './db/chosen-distances.ts';
import { openLibraryDb, type LibraryDb } from './db/open.ts';
import { createDispatch } from './dispatch.ts';
import { createEvaluation } from './evaluate/evaluation.ts';
import type { MediaService } from './image/media-service.ts';
import { createPictures, type Pictures } from './image/pictures.ts';
import { jobTable } from './db/jobs.ts';
import { librarySettings } from './db/library-settings.ts';
import { createVerify } from './face/verify.ts';
import { calibrated } from './insights/calibrated.ts';
import { createInsights } from './insights/insights.ts';
import { lockLibrary, type Holder, type LibraryLock } from './library/lock.ts';
import { createBackendChoice } from './model/backends/backend-choice.ts';
import { createHardware } from './model/backends/create-hardware.ts';
import { createDoctor } from './model/doctor.ts';
import { createPacks } from './model/packs.ts';
import { startModels, type ModelOptions } from './model/start-models.ts';
import { createPeople } from './people/people.ts';
import { createImport } from './pipeline/import.ts';
import { createReEmbedding, embedderKeys } from './pipeline/re-embed.ts';
import { createRecognition } from './recognition.ts';
import { createFavourites } from './search/favourites.ts';
import { createPhotos } from './search/photos.ts';
import { createSavedSearches } from './search/saved-searches.ts';
import { settings } from './settings.ts';
import { createTuning } from './tune/tuning.ts';
import { gatherChanges } from './changes.ts';
import type { IndexService } from './vector/index-service.ts';

export interface EngineOptions {
  /** The library's folder; made if it is missing. */
  readonly dir: string;
  /** Where the built model packs are. */
  readonly packDir: string;
  /** Where packs go that the user adds; else into the library's folder. */
  readonly userPackDir?: string;
  readonly version: string;
  readonly spawn: Spawn;
  readonly clock: () => number;
  readonly random: () => number;
  /** Media threads; also the threads one model run may use. */
  readonly threads: number;
  /** Gets every bug, with its stack. */
  readonly report: (where: string, error: unknown) => void;
}

export interface Engine {
  readonly dispatch: Dispatch;
  readonly pictures: Pictures;
  /** Every event, until the returned function is called. */
  on(listener: <N extends EventName>(name: N, payload: Events[N]) => void): () => void;
  /** Tells other programs on this computer how to reach the running engine. */
  announce(holder: Holder): void;
  /** Finishes what is in flight, writes everything down and lets go of the library. */
  close(): Promise<void>;
}

/**
 * Opens a library: the composition root.
 * @throws {Failure} `library-busy` with the holder in the message, and what `openLibraryDb` throws
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  mkdirSync(options.dir, { recursive: true });
  const lock = lockLibrary(options.dir);
  const db = openOrRelease(lock, join(options.dir, 'library.sqlite'));
  const closing = new AbortController();
  const listeners = new Set<(name: EventName, payload: Events[EventName]) => void>();
  const emit: EngineContext['emit'] = (name, payload) => {
    for (const listener of listeners) listener(name, payload);
  };
  const changes = gatherChanges((subjects) => emit('changed', { subjects }));

  const media = createPool<MediaService>(options.spawn, 'media', options.threads);
  const indexWorker = options.spawn('index');
  const index: Connection<IndexService> = connect(indexWorker.port);
  indexWorker.onDeath((reason) => {
    options.report('index', new Error(reason));
    index.fail(new Failure('worker-died', `grouping stopped: ${reason}; close Familiar and open it again`));
  });
  const choice = createBackendChoice({ ...options, db });
  const modelOptions = {
    packDir: options.packDir,
    userPackDir: options.userPackDir ?? join(options.dir, 'models'),
    spawn: options.spawn,
    backend: choice.use,
    onRefused: (backend, reason) => hardware.refuse(backend, reason),
    threads: options.threads,
  } satisfies ModelOptions;
  const remembered = librarySettings(db.sql);
  const embedder = (): string => remembered.get(embedderKeys.active) ?? settings.models.embedder;
  const models = startModels({ ...modelOptions, embedder });

  const standard = createRecognition(models.packs, db.sql);
  const context: EngineContext = {
    dir: options.dir,
    version: options.version,
    db,
    media: media.remote,
    mediaThreads: options.threads,
    index: index.remote,
    packs: models.packs,
    recognition: calibrated(standard, chosenDistances(remembered)),
    models: models.get,
    clock: options.clock,
    random: options.random,
    emit,
    report: options.report,
    changed: changes.add,
    closing: closing.signal,
  };
  const hardware = createHardware(context, { ...modelOptions, choice, embedder, reload: models.reload });
  const people = createPeople(context, {
    onWord: () => tuning.onWord(),
    onErased: (forgotten) => tuning.onErased(forgotten),
  });
  const importing = createImport(context, {
    ...people,
    importIdle: async () => {
      await people.importIdle();
      hardware.idle();
      tuning.idle();
    },
  });
  const photos = createPhotos(context, (faces, signal) => people.closenessOf(faces, signal));
  const evaluation = createEvaluation(context);
  const insights = createInsights(context, people, standard);
  const doctor = createDoctor(context);
  const reEmbedding = createReEmbedding(context, {
    startModels: (embedder) => startModels({ ...modelOptions, embedder: () => embedder }),
    onSwitch: models.reload,
    regroup: () => people.importIdle(),
    jobsChanged: importing.jobsChanged,
  });
  const packs = createPacks(context, reEmbedding, { ...modelOptions, env: process.env });
  const verify = createVerify(context);
  const jobs = jobTable(db.sql);
  const tuning = createTuning(context, {
    people,
    spawn: options.spawn,
    native: () => choice.provenAt('tensorflow', models.packs()),
    isBusy: () => jobs.active()?.state === 'running' || reEmbedding.next() !== null,
  });
  const handlers: Handlers = {
    ...people.handlers,
    ...importing.handlers,
    ...photos.handlers,
    ...createFavourites(people.history).handlers,
    ...createSavedSearches(context, people.history).handlers,
    ...evaluation.handlers,
    ...insights.handlers,
    ...doctor.handlers,
    ...hardware.handlers,
    ...packs.handlers,
    ...verify.handlers,
    ...tuning.handlers,
  };

  return {
    dispatch: createDispatch(handlers, options.report),
    pictures: createPictures(context),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    announce: (holder) => lock.announce(holder),
    close: async () => {
      closing.abort();
      // A part that cannot end well, because its thread has died, keeps none of the others from it.
      const steps: (() => unknown)[] = [
        () => importing.close?.(),
        () => packs.close?.(),
        () => reEmbedding.close(),
        () => tuning.close?.(),
        () => people.close?.(),
        () => changes.close(),
        () => models.close(),
        () => hardware.close?.(),
        () => media.close(),
        () => indexWorker.close(),
        () => db.close(),
      ];
      for (const step of steps) {
        try {
          await step();
        } catch (error) {
          options.report('closing', error);
        }
      }
      lock.release();
    },
  };
}

/** A library that cannot be opened is not held either. */
function openOrRelease(lock: LibraryLock, file: string): LibraryDb {
  try {
    return openLibraryDb(file);
  } catch (error) {
    lock.release();
    throw error;
  }
}
