import type { Transferable } from 'node:worker_threads';

import { describeFailure, Failure, unwrapReply, type Reply } from '../contract/errors.ts';

/**
 * Requests, replies, events and cancellation over any message port, so that a service class knows
 * nothing of threads. One side `serve`s an object of async methods, the other `connect`s to it.
 */
export interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

/** What a service may be: async methods of one argument and a signal. */
export type Service<S> = { readonly [K in keyof S]: (input: never, signal: AbortSignal) => Promise<unknown> };

type Message =
  | { readonly type: 'request'; readonly id: number; readonly method: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** The far side of a service. Buffers are listed for transfer by `moved`, in either direction. */
export type Remote<S extends Service<S>> = {
  readonly [K in keyof S]: (input: Parameters<S[K]>[0], signal?: AbortSignal) => ReturnType<S[K]>;
};

export interface Connection<S extends Service<S>> {
  readonly remote: Remote<S>;
  /** Listens to events; returns the function that stops. */
  on(name: string, listener: (payload: unknown) => void): () => void;
  /** Rejects every request still waiting, as when the thread died. */
  fail(error: Failure): void;
}

const transfers = new WeakMap<object, readonly Transferable[]>();

/** Marks the buffers in `message` that are handed over instead of copied; the sender loses them. */
export function moved<T extends object>(message: T, buffers: readonly Transferable[]): T {
  transfers.set(message, buffers);
  return message;
}

function takeTransfers(value: unknown): readonly Transferable[] {
  return typeof value === 'object' && value !== null ? (transfers.get(value) ?? []) : [];
}

/** Answers requests that arrive on `port` with the methods of `service`. */
export function serve<S extends Service<S>>(
  port: Port,
  service: S,
): { readonly emit: (name: string, payload: unknown) => void } {
  const running = new Map<number, AbortController>();
  const answer = async (id: number, method: string, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    let reply: Reply<unknown>;
    try {
      if (!Object.hasOwn(service, method)) throw new Error(`no method ${method}`);
      const value: unknown = await service[method as keyof S](input as never, controller.signal);
      reply = { ok: true, value };
    } catch (error) {
      reply = { ok: false, error: describeFailure(error) };
    }
    running.delete(id);
    port.postMessage({ type: 'reply', id, reply } satisfies Message, reply.ok ? takeTransfers(reply.value) : []);
  };
  port.on('message', (received) => {
    const message = received as Message;
    if (message.type === 'request') void answer(message.id, message.method, message.input);
    if (message.type === 'cancel') running.get(message.id)?.abort();
  });
  // For whoever has to know that everything is loaded: see `spawnThread`.
  port.postMessage({ type: 'event', name: 'ready', payload: null } satisfies Message);
  return {
    emit: (name, payload) =>
      port.postMessage({ type: 'event', name, payload } satisfies Message, takeTransfers(payload)),
  };
}

/** The near side: a proxy whose methods ask the service behind `port`. */
export function connect<S extends Service<S>>(port: Port): Connection<S> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let lastId = 0;
  let dead: Failure | undefined;

  port.on('message', (received) => {
    const message = received as Message;
    if (message.type === 'event') for (const listener of listeners.get(message.name) ?? []) listener(message.payload);
    if (message.type !== 'reply') return;
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    try {
      call?.resolve(unwrapReply(message.reply));
    } catch (error) {
      call?.reject(error);
    }
  });

  const ask = (method: string, input: unknown, signal?: AbortSignal): Promise<unknown> => {
    if (dead) return Promise.reject(dead);
    if (signal?.aborted) return Promise.reject(new Failure('cancelled', 'cancelled'));
    const id = ++lastId;
    const cancel = (): void => port.postMessage({ type: 'cancel', id } satisfies Message);
    signal?.addEventListener('abort', cancel, { once: true });
    const answered = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      port.postMessage({ type: 'request', id, method, input } satisfies Message, takeTransfers(input));
    });
    return answered.finally(() => signal?.removeEventListener('abort', cancel));
  };

  return {
    // A promise asks its value for `then`: a remote is no promise.
    remote: new Proxy({} as Remote<S>, {
      get: (_, method) =>
        typeof method === 'string' && method !== 'then'
          ? (input: unknown, signal?: AbortSignal) => ask(method, input, signal)
          : undefined,
    }),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    fail: (error) => {
      dead = error;
      for (const call of waiting.values()) call.reject(error);
      waiting.clear();
    },
  };
}
