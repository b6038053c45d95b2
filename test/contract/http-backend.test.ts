import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { createHttpBackend, type HttpBackend } from '../../app/contract/http-backend.ts';
import { startServer } from '../../app/server/server.ts';
import { day, serveForTest, smallEngine, tempDir, type RunningServer } from '../server/fixture.ts';

function backendFor(server: Pick<RunningServer, 'origin' | 'programToken'>): HttpBackend {
  const headers = { authorization: `Bearer ${server.programToken}` };
  const backend = createHttpBackend({
    origin: server.origin,
    fetch,
    connectEvents: (url) => new WebSocket(url, { headers }),
    headers,
  });
  onTestFinished(() => backend.close());
  return backend;
}

describe('the backend over HTTP', () => {
  it('gives values and throws the failures of the engine', async () => {
    const backend = backendFor(await serveForTest());
    expect(await backend.request('people.complete', { prefix: 'a' })).toEqual([]);
    await expect(backend.request('people.complete', { prefix: 'bad' })).rejects.toMatchObject({ code: 'bad-query' });
    await expect(backend.request('people.complete', { prefix: 'bug' })).rejects.toMatchObject({ code: 'internal' });
  });

  it('cancels a request in the engine', async () => {
    const server = await serveForTest();
    const controller = new AbortController();
    const asked = backendFor(server).request('cluster.run', {}, controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => server.engine.cancelled).toEqual(['cluster.run']);
  });

  it('says so when nobody answers', async () => {
    const server = await serveForTest();
    await server.close();
    await expect(backendFor(server).request('jobs.list', {})).rejects.toMatchObject({ code: 'worker-died' });
  });

  it('delivers events, drops what is none, and stops when told to', async () => {
    const server = await serveForTest();
    const heard: string[] = [];
    const stop = backendFor(server).on('notice', ({ message }) => heard.push(message));
    await expect
      .poll(() => {
        server.engine.emit('notice', { message: 'hello' });
        return heard[0];
      })
      .toBe('hello');
    server.engine.emit('notice', { message: 5 } as never);
    server.engine.emit('no such event' as never, {} as never);
    stop();
    const before = heard.length;
    server.engine.emit('notice', { message: 'late' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(heard.slice(before)).toEqual([]);
  });

  it('connects again and asks for everything anew after the connection broke', async () => {
    const engine = smallEngine();
    const options = { engine, dir: tempDir(), rendererDir: null, clock: () => day };
    const first = await startServer({ ...options, port: 0 });
    const subjects: string[][] = [];
    let token = first.programToken;
    const backend = createHttpBackend({
      origin: first.origin,
      fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } }),
      connectEvents: (url) => new WebSocket(url, { headers: { authorization: `Bearer ${token}` } }),
    });
    onTestFinished(() => backend.close());
    backend.on('changed', (change) => subjects.push(change.subjects));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await first.close();
    const second = await startServer({ ...options, port: Number(new URL(first.origin).port) });
    onTestFinished(() => second.close());
    token = second.programToken;
    await expect.poll(() => subjects, { timeout: 10_000 }).toEqual([['photos', 'people', 'history', 'failures']]);
  });
});
