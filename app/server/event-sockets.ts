import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer } from 'ws';

import type { EngineHandle } from '../workers/start-engine.ts';
import { limits } from './limits.ts';

export interface EventSockets {
  /** Takes over a connection that has been checked. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Passes every event of the engine to every page and program that listens. */
export function createEventSockets(engine: Pick<EngineHandle, 'onAny'>): EventSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.socketBytes, perMessageDeflate: false });
  const stop = engine.onAny((name, payload) => {
    const message = JSON.stringify({ name, payload });
    for (const socket of sockets.clients) socket.send(message);
  });
  return {
    accept: (request, socket, head) =>
      sockets.handleUpgrade(request, socket, head, (client) => {
        // A page that breaks the protocol loses its socket and connects again; nothing else is lost.
        client.on('error', () => client.terminate());
      }),
    close: () => {
      stop();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
