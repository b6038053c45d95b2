import { z } from 'zod';

import type { Backend, Output } from './api.ts';
import { Failure, failureCodes, unwrapReply } from './errors.ts';
import { createEventListeners, type EventListeners } from './event-listeners.ts';

/** The part of `fetch` that is used: the page's and Node's both fit. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly signal?: AbortSignal;
  },
) => Promise<{ json(): Promise<unknown> }>;

/** The part of a WebSocket that is used: the page's and that of `ws` both fit. */
export interface EventSocket {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  close(): void;
}

export interface HttpBackendOptions {
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly connectEvents: (url: string) => EventSocket;
  /** Sent with every request; a page needs none, its cookie goes along by itself. */
  readonly headers?: Record<string, string>;
}

export interface HttpBackend extends Backend {
  /** Stops listening to events. */
  close(): void;
}

/** Milliseconds before the events are connected again; doubled up to the second number. */
const reconnectMs = [250, 5000] as const;

const Envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.enum(failureCodes), message: z.string() }) }),
]);

const EventMessage = z.object({ name: z.string(), payload: z.unknown() });

/**
 * The backend over HTTP: requests are `POST /api/<name>`, events come by the WebSocket `/events`, which is
 * connected with the first listener and again whenever it breaks. Requests throw `Failure`: the engine's
 * own, or `worker-died` when nothing answers.
 */
export function createHttpBackend(options: HttpBackendOptions): HttpBackend {
  const listeners = createEventListeners();
  let stopEvents: (() => void) | undefined;
  const request: Backend['request'] = async (name, input, signal) => {
    const reply = await post(options, name, input, signal);
    return unwrapReply(reply) as Output<typeof name>;
  };
  /** Whatever was missed while the connection was broken. */
  const catchUp = async (): Promise<void> => {
    listeners.deliver('changed', { subjects: ['photos', 'people', 'history', 'failures'] });
    try {
      listeners.deliver('jobs', await request('jobs.list', {}));
    } catch (error) {
      listeners.deliver('notice', { message: error instanceof Error ? error.message : String(error) });
    }
  };
  return {
    request,
    on: (name, listener) => {
      stopEvents ??= keepConnected(options, listeners, () => void catchUp());
      return listeners.on(name, listener);
    },
    close: () => stopEvents?.(),
  };
}

async function post(
  { origin, fetch, headers }: HttpBackendOptions,
  name: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<z.infer<typeof Envelope>> {
  let answer: unknown;
  try {
    const response = await fetch(`${origin}/api/${name}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(input),
      ...(signal && { signal }),
    });
    answer = await response.json();
  } catch (error) {
    if (signal?.aborted) throw new Failure('cancelled', 'cancelled');
    throw new Failure('worker-died', 'Familiar does not answer any more; start it again', { cause: error });
  }
  const envelope = Envelope.safeParse(answer);
  if (!envelope.success) throw new Failure('worker-died', 'something that is not Familiar answers at this address');
  return envelope.data;
}

/** Holds the event connection open until the returned function is called. */
function keepConnected(options: HttpBackendOptions, listeners: EventListeners, missed: () => void): () => void {
  const url = `${options.origin.replace(/^http/, 'ws')}/events`;
  let socket: EventSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let wait: number = reconnectMs[0];
  let broken = false;

  const connect = (): void => {
    const current = options.connectEvents(url);
    socket = current;
    current.addEventListener('open', () => {
      wait = reconnectMs[0];
      if (broken) missed();
      broken = false;
    });
    current.addEventListener('message', ({ data }) => {
      const message = EventMessage.safeParse(parseJson(data));
      if (message.success) listeners.deliver(message.data.name, message.data.payload);
    });
    // A socket that fails also closes: there is one place to connect again.
    current.addEventListener('error', () => current.close());
    current.addEventListener('close', () => {
      if (stopped || socket !== current) return;
      broken = true;
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, reconnectMs[1]);
    });
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close();
  };
}

function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data));
  } catch {
    // Not an event: the schema refuses it.
    return undefined;
  }
}
