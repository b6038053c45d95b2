import { Failure } from '../contract/errors.ts';
import { connect, type Connection, type Remote, type Service } from './channel.ts';
import type { Spawn, WorkerName } from './spawn.ts';
import type { SpawnedWorker } from './spawned-worker.ts';

/** A thread that dies is started again, but not for ever. */
const maxRestarts = 5;

interface Member<S extends Service<S>> {
  worker: SpawnedWorker;
  connection: Connection<S>;
  waiting: number;
}

export interface Pool<S extends Service<S>> {
  /** Each call goes to the thread that has the least to do. */
  readonly remote: Remote<S>;
  close(): Promise<void>;
}

/**
 * `size` threads of one stateless service. The calls that a dying thread had in hand fail with `worker-died`
 * and the thread is replaced, at most five times.
 */
export function createPool<S extends Service<S>>(spawn: Spawn, name: WorkerName, size: number): Pool<S> {
  let restarts = 0;
  const members: Member<S>[] = [];

  const start = (): void => {
    const worker = spawn(name);
    const member: Member<S> = { worker, connection: connect<S>(worker.port), waiting: 0 };
    worker.onDeath((reason) => {
      members.splice(members.indexOf(member), 1);
      member.connection.fail(new Failure('worker-died', reason));
      if (restarts++ < maxRestarts) start();
    });
    members.push(member);
  };
  for (let i = 0; i < size; i++) start();

  const call = async (method: keyof S, input: never, signal?: AbortSignal): Promise<unknown> => {
    let best: Member<S> | undefined;
    for (const member of members) if (!best || member.waiting < best.waiting) best = member;
    if (!best) throw new Failure('worker-died', `the ${name} threads died again and again; see the log, then restart`);
    best.waiting++;
    try {
      const answer: Promise<unknown> = best.connection.remote[method](input, signal);
      return await answer;
    } finally {
      best.waiting--;
    }
  };

  return {
    remote: new Proxy({} as Remote<S>, {
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (input: never, signal?: AbortSignal) => call(method as keyof S, input, signal)
          : undefined,
    }),
    close: async () => {
      await Promise.all(members.splice(0).map((member) => member.worker.close()));
    },
  };
}
