import { availableParallelism } from 'node:os';

import { events, type Backend, type Dispatch, type EventName, type Events } from '../contract/api.ts';
import { describeFailure, Failure } from '../contract/errors.ts';
import type { PictureRequest } from '../contract/picture-request.ts';
import type { Holder } from '../engine/library/lock.ts';
import { prepareEnvironment } from '../engine/model/backends/prepare-environment.ts';
import { connect } from './channel.ts';
import type { EngineService, LibraryPlace, PictureBytes } from './engine-service.ts';
import { spawnThread, type Spawn } from './spawn.ts';

/** An engine that runs in a thread of its own: what every host holds. */
export interface EngineHandle {
  /** Never throws; an engine that died answers `worker-died`. */
  readonly dispatch: Dispatch;
  /** @throws {Failure} `not-found`, `missing`, `worker-died` */
  picture(request: PictureRequest): Promise<PictureBytes>;
  readonly on: Backend['on'];
  /** Every event, for a host that passes them on. */
  onAny(listener: (name: EventName, payload: Events[EventName]) => void): () => void;
  announce(holder: Holder): Promise<void>;
  /** Calls back once if the engine dies before `close`. Nothing recorded is lost: start it again. */
  onDeath(listener: (reason: string) => void): void;
  /** Writes everything down, lets go of the library and ends the thread. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a library in an engine thread.
 * @throws {Failure} `library-busy` naming the holder, `library-damaged`, `library-newer`, `no-permission`, `disk-full`
 */
export async function startEngine(
  place: Omit<LibraryPlace, 'threads'>,
  spawn: Spawn = spawnThread,
): Promise<EngineHandle> {
  const threads = availableParallelism();
  prepareEnvironment(process.env, threads);
  const worker = spawn('engine');
  const channel = connect<EngineService>(worker.port);
  const { remote } = channel;
  let alive = true;
  worker.onDeath((reason) => {
    alive = false;
    channel.fail(new Failure('worker-died', `the engine stopped: ${reason}; start Familiar again`));
  });
  try {
    await remote.open({ ...place, threads });
  } catch (error) {
    await worker.close();
    throw error;
  }
  let closed: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    if (alive) await remote.close(null);
    await worker.close();
  };
  return {
    dispatch: async (name, input, signal) => {
      try {
        return await remote.dispatch({ name, input }, signal);
      } catch (error) {
        return { ok: false, error: describeFailure(error) };
      }
    },
    picture: (request) => remote.picture(request),
    on: (name, listener) => channel.on(name, listener as (payload: unknown) => void),
    onAny: (listener) => {
      const stops = (Object.keys(events) as EventName[]).map((name) =>
        channel.on(name, (payload) => listener(name, payload as Events[EventName])),
      );
      return () => stops.forEach((stop) => stop());
    },
    announce: (holder) => remote.announce(holder),
    onDeath: (listener) => worker.onDeath(listener),
    close: () => (closed ??= end()),
  };
}
