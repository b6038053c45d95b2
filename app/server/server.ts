import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Failure } from '../contract/errors.ts';
import type { EngineHandle } from '../workers/start-engine.ts';
import { createAccess, type Access } from './access.ts';
import { answerApi } from './api-route.ts';
import { contentPolicy } from './content-policy.ts';
import { createEventSockets } from './event-sockets.ts';
import { openInbox, type Inbox } from './inbox.ts';
import { openLentFiles, type LentFiles } from './lent-files.ts';
import { answerPage, signIn } from './page-route.ts';
import { answerPicture } from './picture-route.ts';
import { sendFailure, sendReply } from './responses.ts';

export interface ServerOptions {
  readonly engine: Pick<EngineHandle, 'dispatch' | 'picture' | 'onAny'>;
  /** The library's folder. */
  readonly dir: string;
  /** The built page; null for a host that has a window of its own and answers only other programs. */
  readonly rendererDir: string | null;
  /** 0 for any that is free. */
  readonly port: number;
  readonly clock: () => number;
}

export interface FamiliarServer {
  /** `http://127.0.0.1:1234` */
  readonly origin: string;
  /** Bearer token for programs of the same user. */
  readonly programToken: string;
  /** A URL that opens the page in one browser, once. */
  createPageUrl(): string;
  close(): Promise<void>;
}

/**
 * Serves an engine to a browser and to other programs of this computer, on 127.0.0.1 only.
 * @throws {Failure} `not-allowed` where the port is taken or not ours to take
 */
export async function startServer(options: ServerOptions): Promise<FamiliarServer> {
  const http = createServer();
  const port = await listen(http, options.port);
  const origin = `http://127.0.0.1:${port}`;
  const access = createAccess(port);
  const sockets = createEventSockets(options.engine);
  const createPageUrl = (): string => `${origin}/?token=${access.createTicket()}`;
  const inbox = openInbox(options.dir, options.clock);
  const lent = openLentFiles(options.dir);
  const routes: Routes = { ...options, origin, access, inbox, lent, createPageUrl };
  const policy = contentPolicy({ images: [], connect: [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`] });

  http.on('request', (request, response) => {
    response.setHeaders(new Map(Object.entries({ ...safeHeaders, 'content-security-policy': policy })));
    answer(routes, request, response).catch((error: unknown) => sendFailure(response, error));
  });
  http.on('upgrade', (request, socket, head) => {
    try {
      access.checkSource(request);
      if (request.url !== '/events' || !(access.isPage(request) || access.isProgram(request))) throw closed();
      sockets.accept(request, socket, head);
    } catch {
      // Whatever the reason, there is no page to read it.
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    }
  });

  return {
    origin,
    programToken: access.programToken,
    createPageUrl,
    close: async () => {
      sockets.close();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
      lent.close();
    },
  };
}

type Routes = ServerOptions & {
  readonly origin: string;
  readonly access: Access;
  readonly inbox: Inbox;
  readonly lent: LentFiles;
  readonly createPageUrl: () => string;
};

const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};

const closed = (): Failure =>
  new Failure('not-allowed', 'sign in with the address that Familiar prints when it starts');

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { access, engine, rendererDir } = routes;
  access.checkSource(request);
  const url = new URL(request.url ?? '/', routes.origin);
  const [, kind = '', rest = ''] = /^\/([^/]*)\/?(.*)$/.exec(url.pathname) ?? [];
  const program = access.isProgram(request);
  const ticket = url.searchParams.get('token');
  if (kind === '' && !program && (ticket !== null || !access.isPage(request))) {
    signIn(access, ticket, request, response);
    return;
  }
  if (!program && !access.isPage(request)) throw closed();
  if (kind === 'api') return answerApi(engine.dispatch, rest, request, response);
  if (kind === 'page-url' && program && request.method === 'POST') {
    if (rendererDir === null) throw new Failure('not-found', 'this Familiar has a window of its own');
    sendReply(response, { ok: true, value: { url: routes.createPageUrl() } });
    return;
  }
  if (kind === 'upload' && request.method === 'PUT') {
    const modified = Number(url.searchParams.get('modified') ?? Number.NaN);
    const dated = modified > 0 && modified <= Date.now() ? modified : null;
    const path = await routes.inbox.receive(url.searchParams.get('name') ?? '', request, dated);
    sendReply(response, { ok: true, value: { path } });
    return;
  }
  if (kind === 'lend' && request.method === 'PUT') {
    const path = await routes.lent.receive(url.searchParams.get('name') ?? '', request);
    sendReply(response, { ok: true, value: { path } });
    return;
  }
  if (request.method !== 'GET') throw new Failure('bad-request', 'this address is only read');
  if (kind === 'thumb' || kind === 'photo' || kind === 'face') {
    return answerPicture(engine, kind, url, request, response);
  }
  if (rendererDir === null) throw new Failure('not-found', 'no such page');
  return answerPage(rendererDir, url, request, response);
}

async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error) =>
      reject(new Failure('not-allowed', `port ${port} cannot be used: ${error.message}`, { cause: error })),
    );
    http.listen(port, '127.0.0.1', resolve);
  });
  return (http.address() as AddressInfo).port;
}
