import { Failure } from '../../contract/errors.ts';
import { connect, type Remote } from '../../workers/channel.ts';
import type { Spawn, SpawnedWorker } from '../../workers/spawn.ts';
import type { Packs } from '../context.ts';
import { detectStageVersion } from '../face/detect/open-detector.ts';
import { settings } from '../settings.ts';
import type { ModelService } from './model-service.ts';
import { readPack } from './pack.ts';

/** A model thread that dies is started again, but not for ever. */
const maxRestarts = 5;

export interface Models {
  /** Reads the manifests, once. @throws {Failure} `model-missing`, `model-damaged` */
  packs(): Packs;
  /**
   * The models, in a thread that is started and loaded at the first call. What is given stays good when the thread
   * dies: calls in hand fail with `worker-died`, the next starts another thread.
   * @throws {Failure} `model-missing`, `model-damaged`, `worker-died` after too many deaths
   */
  get(): Promise<Remote<ModelService>>;
  /** Waits for the runs in flight: ending a thread within one takes the program down. */
  close(): Promise<void>;
}

export interface ModelOptions {
  /** One folder a pack. */
  readonly packDir: string;
  readonly spawn: Spawn;
  /** Threads that one run may use. */
  readonly threads: number;
}

interface Running {
  readonly worker: SpawnedWorker;
  readonly remote: Remote<ModelService>;
}

export function startModels({ packDir, spawn, threads }: ModelOptions): Models {
  const { detector, embedder } = settings.models;
  const inFlight = new Set<Promise<unknown>>();
  let known: Packs | undefined;
  let running: Promise<Running> | undefined;
  let deaths = 0;
  let closed = false;

  const start = async (): Promise<Running> => {
    const worker = spawn('model');
    const { remote, fail } = connect<ModelService>(worker.port);
    let dead = false;
    worker.onDeath((reason) => {
      if (dead) return;
      dead = true;
      deaths++;
      running = undefined;
      fail(new Failure('worker-died', reason));
    });
    try {
      await remote.open({ dir: packDir, detector, embedder, threads });
    } catch (error) {
      running = undefined;
      await worker.close();
      throw error;
    }
    return { worker, remote };
  };

  const current = async (): Promise<Remote<ModelService>> => {
    if (closed) throw new Failure('cancelled', 'the models are closed');
    if (deaths > maxRestarts) {
      throw new Failure('worker-died', 'The model thread died again and again. See the log, then start Familiar again.');
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
    packs: () => (known ??= readPacks(packDir)),
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

function readPacks(packDir: string): Packs {
  const detector = readPack(packDir, settings.models.detector, 'detector');
  const embedder = readPack(packDir, settings.models.embedder, 'embedder');
  return {
    detector: detector.manifest,
    embedder: embedder.manifest,
    detectorVersion: `${detector.hash}-${detectStageVersion}`,
    embeddingVersion: embedder.hash,
  };
}
