import { Failure } from '../../contract/errors.ts';
import { connect, type Remote } from '../../workers/channel.ts';
import type { Spawn, SpawnedWorker } from '../../workers/spawn.ts';
import type { Packs } from '../context.ts';
import { detectStageVersion } from '../face/detect/open-detector.ts';
import { settings } from '../settings.ts';
import type { ModelService } from './model-service.ts';
import { folderWithPack, readPack } from './pack.ts';

/** A model thread that dies is started again, but not for ever. */
const maxRestarts = 5;

export interface Models {
  /** Reads the manifests, once. @throws {Failure} `model-missing`, `model-damaged` */
  readonly packs: () => Packs;
  /**
   * The models, in a thread that is started and loaded at the first call. What is given stays good when the thread
   * dies: calls in hand fail with `worker-died`, the next starts another thread.
   * @throws {Failure} `model-missing`, `model-damaged`, `worker-died` after too many deaths
   */
  readonly get: () => Promise<Remote<ModelService>>;
  /** The embedder is another one now: calls from here on get it. */
  readonly reload: () => void;
  /** Waits for the runs in flight: ending a thread within one takes the program down. */
  readonly close: () => Promise<void>;
}

export interface ModelOptions {
  /** The packs that Familiar comes with, one folder each. */
  readonly packDir: string;
  /** Those that the user has added; they go first. */
  readonly userPackDir?: string;
  /** Name of the active embedder; else that of the settings. */
  readonly embedder?: () => string;
  readonly spawn: Spawn;
  /** Threads that one run may use. */
  readonly threads: number;
}

interface Running {
  readonly worker: SpawnedWorker;
  readonly remote: Remote<ModelService>;
}

export function startModels(options: ModelOptions): Models {
  const { spawn, threads } = options;
  const dirs = packDirs(options);
  const names = (): { detector: string; embedder: string } => ({
    detector: settings.models.detector,
    embedder: options.embedder?.() ?? settings.models.embedder,
  });
  const inFlight = new Set<Promise<unknown>>();
  let known: Packs | undefined;
  let running: Promise<Running> | undefined;
  let deaths = 0;
  let closed = false;

  const start = async (): Promise<Running> => {
    const worker = spawn('model');
    const connection = connect<ModelService>(worker.port);
    const { remote } = connection;
    let dead = false;
    worker.onDeath((reason) => {
      if (dead) return;
      dead = true;
      deaths++;
      running = undefined;
      connection.fail(new Failure('worker-died', reason));
    });
    try {
      await remote.open({ dirs, ...names(), threads });
    } catch (error) {
      running = undefined;
      await worker.close();
      throw error;
    }
    return { worker, remote };
  };

  /** After the calls in hand: a model must not be let go of while it runs. */
  const reopen = async (before: Promise<Running>, calls: readonly Promise<unknown>[]): Promise<Running> => {
    await Promise.all(calls);
    const { worker, remote } = await before;
    try {
      await remote.open({ dirs, ...names(), threads });
    } catch (error) {
      await worker.close();
      throw error;
    }
    return { worker, remote };
  };

  const current = async (): Promise<Remote<ModelService>> => {
    if (closed) throw new Failure('cancelled', 'the models are closed');
    if (deaths > maxRestarts) {
      throw new Failure(
        'worker-died',
        'The model thread died again and again. See the log, then start Familiar again.',
      );
    }
    running ??= start();
    return (await running).remote;
  };

  const track = <T>(call: Promise<T>): Promise<T> => {
    const settled: Promise<unknown> = call.then(
      () => inFlight.delete(settled),
      () => inFlight.delete(settled),
    );
    inFlight.add(settled);
    return call;
  };
  const remote: Remote<ModelService> = {
    open: (input, signal) => track(current().then((models) => models.open(input, signal))),
    detect: (input, signal) => track(current().then((models) => models.detect(input, signal))),
    embed: (input, signal) => track(current().then((models) => models.embed(input, signal))),
  };

  return {
    packs: () => (known ??= readPacks(dirs, names())),
    reload: () => {
      known = undefined;
      const before = running;
      if (!before) return;
      const reloaded = reopen(before, [...inFlight]);
      running = reloaded;
      // Who asks next is told; the one after starts another thread.
      reloaded.catch(() => {
        if (running === reloaded) running = undefined;
      });
    },
    get: async () => {
      await track(current());
      return remote;
    },
    close: async () => {
      closed = true;
      await Promise.all(inFlight);
      await (await running)?.worker.close();
    },
  };
}

/** Where packs are looked for, in order. */
export function packDirs({ packDir, userPackDir }: Pick<ModelOptions, 'packDir' | 'userPackDir'>): string[] {
  return userPackDir === undefined ? [packDir] : [userPackDir, packDir];
}

function readPacks(dirs: readonly string[], names: { readonly detector: string; readonly embedder: string }): Packs {
  const detector = readPack(folderWithPack(dirs, names.detector), names.detector, 'detector');
  const embedder = readPack(folderWithPack(dirs, names.embedder), names.embedder, 'embedder');
  return {
    detector: detector.manifest,
    embedder: embedder.manifest,
    detectorVersion: `${detector.hash}-${detectStageVersion}`,
    embeddingVersion: embedder.hash,
  };
}
