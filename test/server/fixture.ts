import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { EventName, Events, Handlers } from '../../app/contract/api.ts';
import { Failure } from '../../app/contract/errors.ts';
import { createDispatch } from '../../app/engine/dispatch.ts';
import { startServer, type FamiliarServer, type ServerOptions } from '../../app/server/server.ts';

export const day = Date.UTC(2026, 10, 23, 12);

export type SmallEngine = ServerOptions['engine'] & {
  readonly emit: (name: EventName, payload: Events[EventName]) => void;
  /** Requests whose callers gave up. */
  readonly cancelled: string[];
};

/** The engine's real door over the few handlers that the tests ask. */
export function smallEngine(): SmallEngine {
  const cancelled: string[] = [];
  const listeners = new Set<(name: EventName, payload: Events[EventName]) => void>();
  const handlers = {
    'people.complete': ({ prefix }: { prefix: string }) => {
      if (prefix === 'bug') throw new Error('broken');
      if (prefix === 'bad') throw new Failure('bad-query', 'not a name');
      return [];
    },
    'cluster.run': (_: object, signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          cancelled.push('cluster.run');
          reject(new Failure('cancelled', 'cancelled'));
        });
      }),
    'jobs.list': () => [],
  } as unknown as Handlers;
  return {
    cancelled,
    dispatch: createDispatch(handlers, () => undefined),
    picture: async (wanted) => {
      if (wanted.kind === 'face' && wanted.id === 7) return { bytes: Uint8Array.of(1, 2, 3), mime: 'image/webp' };
      throw new Failure('not-found', 'no such picture');
    },
    onAny: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (name, payload) => listeners.forEach((listener) => listener(name, payload)),
  };
}

export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export interface RunningServer extends FamiliarServer {
  readonly dir: string;
  readonly engine: SmallEngine;
  readonly port: number;
}

/** A server on a free port with a page of two files; `secret.txt` lies just outside the page's folder. */
export async function serveForTest(): Promise<RunningServer> {
  const dir = tempDir();
  const rendererDir = join(dir, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Familiar</title>');
  writeFileSync(join(rendererDir, 'assets/page-1a2b.js'), 'export {};');
  writeFileSync(join(dir, 'secret.txt'), 'secret');
  const engine = smallEngine();
  const server = await startServer({ engine, dir, rendererDir, port: 0, clock: () => day });
  onTestFinished(() => server.close());
  return { ...server, dir, engine, port: Number(new URL(server.origin).port) };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

/** Sends exactly what it is told to: unlike `fetch` it lets a test choose Host, Origin and the raw path. */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Signs in as a browser does and gives its cookie. */
export async function signIn(server: RunningServer): Promise<string> {
  const url = new URL(server.createPageUrl());
  const { headers } = await ask(server.port, url.pathname + url.search);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
