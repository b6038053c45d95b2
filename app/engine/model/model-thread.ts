import { describeFailure, Failure } from '../../contract/errors.ts';
import { connect, type Remote } from '../../workers/channel.ts';
import type { Spawn } from '../../workers/spawn.ts';
import type { SpawnedWorker } from '../../workers/spawned-worker.ts';
import { defaultBackend, type BackendName } from './backends/backends.ts';
import type { ModelService } from './model-service.ts';

/** A model thread that dies is started again, but not for ever. */
const maxRestarts = 5;

/** One thread with the models, started and loaded at the first call. */
export interface ModelThread {
  /**
   * Stays good when the thread dies: calls in hand fail with `worker-died`, the next starts another thread.
   * Calls throw {Failure} `model-missing`, `model-damaged`, and `worker-died` after too many deaths.
   */
  readonly remote: Remote<ModelService>;
  /** Calls in hand. */
  readonly waiting: () => number;
  /** Resolves once the models are loaded. */
  readonly ready: () => Promise<void>;
  /** Loads the models anew, after the calls in hand. */
  readonly reload: () => void;
  /** Waits for the runs in flight: ending a thread within one takes the program down. */
  readonly close: () => Promise<void>;
}

interface Running {
  readonly worker: SpawnedWorker;
  readonly remote: Remote<ModelService>;
}

/**
 * @param what names the models to open and what runs them, asked at each start
 * @param onRefused hears of a backend that could not load or run them; from then on `what` names another
 */
export function startModelThread(
  spawn: Spawn,
  what: () => Parameters<ModelService['open']>[0],
  onRefused?: (backend: BackendName, reason: string) => void,
): ModelThread {
  const inFlight = new Set<Promise<unknown>>();
  let running: Promise<Running> | undefined;
  let backend = defaultBackend;
  let deaths = 0;
  let closed = false;

  /** Whether it is for another backend to do better: the default's failures are the model's own. */
  const refuses = (error: unknown): boolean => {
    const { code, message } = describeFailure(error);
    if (code !== 'model-failed' || backend === defaultBackend || !onRefused) return false;
    onRefused(backend, message);
    return true;
  };

  const load = async (remote: Remote<ModelService>): Promise<void> => {
    const input = what();
    backend = input.backend;
    try {
      await remote.open(input);
    } catch (error) {
      if (!refuses(error)) throw error;
      const instead = what();
      backend = instead.backend;
      await remote.open(instead);
    }
  };

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
      await load(remote);
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
      await load(remote);
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
  /** A run that fails is told to the caller, who tries again; by then, it may be on another backend. */
  const run = <T>(call: (models: Remote<ModelService>) => Promise<T>): Promise<T> =>
    track(
      current()
        .then(call)
        .catch((error: unknown) => {
          refuses(error);
          throw error;
        }),
    );
  const remote: Remote<ModelService> = {
    open: (input, signal) => run((models) => models.open(input, signal)),
    detect: (input, signal) => run((models) => models.detect(input, signal)),
    embed: (input, signal) => run((models) => models.embed(input, signal)),
  };

  return {
    remote,
    waiting: () => inFlight.size,
    ready: async () => {
      await track(current());
    },
    reload: () => {
      const before = running;
      if (!before) return;
      const reloaded = reopen(before, [...inFlight]);
      running = reloaded;
      // Who asks next is told; the one after starts another thread.
      reloaded.catch(() => {
        if (running === reloaded) running = undefined;
      });
    },
    close: async () => {
      closed = true;
      await Promise.all(inFlight);
      await (await running)?.worker.close();
    },
  };
}
