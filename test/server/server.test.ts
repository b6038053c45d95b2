import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { limits } from '../../app/server/limits.ts';
import { ask, serveForTest, signIn, type Ask } from './fixture.ts';

const json = { 'content-type': 'application/json' };
const complete: Ask = { method: 'POST', headers: json, body: '{"prefix":"a"}' };

describe('the way in', () => {
  it('exchanges the token in the URL for a strict cookie and leads on to the page', async () => {
    const server = await serveForTest();
    const url = new URL(server.createPageUrl());
    const { status, headers } = await ask(server.port, url.pathname + url.search);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']?.[0]).toMatch(/^familiar-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const page = await ask(server.port, '/', { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>Familiar</title>');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
  });

  it('takes a token once', async () => {
    const server = await serveForTest();
    const url = new URL(server.createPageUrl());
    await ask(server.port, url.pathname + url.search);
    const again = await ask(server.port, url.pathname + url.search);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it('leads a page that is signed in past its old address', async () => {
    const server = await serveForTest();
    const cookie = await signIn(server);
    const again = await ask(server.port, '/?token=used', { headers: { cookie } });
    expect(again.status).toBe(303);
  });

  it('refuses a request without a cookie, with a foreign one, and with a wrong bearer token', async () => {
    const server = await serveForTest();
    const refused = [{}, { cookie: `familiar-${server.port}=foreign` }, { authorization: 'Bearer wrong' }];
    for (const headers of refused) {
      const answer = await ask(server.port, '/api/people.complete', { ...complete, headers: { ...json, ...headers } });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
      for (const path of ['/', '/assets/page-1a2b.js', '/face/7']) {
        expect((await ask(server.port, path, { headers })).status).toBe(403);
      }
    }
  });

  it('refuses another host name, also with the cookie', async () => {
    const server = await serveForTest();
    const cookie = await signIn(server);
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1:1']) {
      const answer = await ask(server.port, '/', { headers: { cookie, host } });
      expect(answer.status, host).not.toBe(200);
    }
    expect((await ask(server.port, '/', { headers: { cookie, host: `localhost:${server.port}` } })).status).toBe(200);
  });

  it('refuses another origin and another site, also with the cookie', async () => {
    const server = await serveForTest();
    const cookie = await signIn(server);
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const answer = await ask(server.port, '/api/people.complete', {
        ...complete,
        headers: { ...json, cookie, ...headers },
      });
      expect(answer.status, JSON.stringify(headers)).toBe(403);
    }
    const own = { ...json, cookie, origin: server.origin, 'sec-fetch-site': 'same-origin' };
    expect((await ask(server.port, '/api/people.complete', { ...complete, headers: own })).status).toBe(200);
  });

  it('gives a program a new address for a browser, and a page none', async () => {
    const server = await serveForTest();
    const authorization = `Bearer ${server.programToken}`;
    const answer = await ask(server.port, '/page-url', { method: 'POST', headers: { authorization } });
    const { value } = JSON.parse(answer.body) as { value: { url: string } };
    const url = new URL(value.url);
    expect((await ask(server.port, url.pathname + url.search)).status).toBe(303);
    const cookie = await signIn(server);
    expect((await ask(server.port, '/page-url', { method: 'POST', headers: { cookie } })).status).toBe(400);
  });
});

describe('a request', () => {
  it('reaches the engine and comes back in its envelope', async () => {
    const server = await serveForTest();
    const headers = { ...json, cookie: await signIn(server) };
    const answer = await ask(server.port, '/api/people.complete', { ...complete, headers });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: [] });
    const refused = await ask(server.port, '/api/people.complete', { ...complete, headers, body: '{"prefix":"bad"}' });
    expect(JSON.parse(refused.body)).toEqual({ ok: false, error: { code: 'bad-query', message: 'not a name' } });
    const misshapen = await ask(server.port, '/api/people.complete', { ...complete, headers, body: '{"prefix":1}' });
    expect(JSON.parse(misshapen.body)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  it('is refused when nobody knows its name, its method, its type or its body', async () => {
    const server = await serveForTest();
    const headers = { ...json, cookie: await signIn(server) };
    const statusOf = async (path: string, change: Ask): Promise<number> =>
      (await ask(server.port, path, { ...complete, headers, ...change })).status;
    expect(await statusOf('/api/people.unknown', {})).toBe(404);
    expect(await statusOf('/api/__proto__', {})).toBe(404);
    expect(await statusOf('/api/people.complete', { method: 'GET' })).toBe(400);
    expect(await statusOf('/api/people.complete', { headers: { ...headers, 'content-type': 'text/plain' } })).toBe(400);
    expect(await statusOf('/api/people.complete', { body: '{' })).toBe(400);
  });

  it('is refused when its body is too large', async () => {
    const server = await serveForTest();
    const headers = { ...json, cookie: await signIn(server) };
    const body = Buffer.alloc(limits.bodyBytes + 1, 'a');
    const answer = await ask(server.port, '/api/people.complete', { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('larger than');
  });

  it('is cancelled when the caller hangs up', async () => {
    const server = await serveForTest();
    const headers = { ...json, authorization: `Bearer ${server.programToken}` };
    const caller = new AbortController();
    const asked = fetch(`${server.origin}/api/cluster.run`, {
      method: 'POST',
      headers,
      body: '{}',
      signal: caller.signal,
    });
    setTimeout(() => caller.abort(), 100);
    await expect(asked).rejects.toThrow();
    await expect.poll(() => server.engine.cancelled).toEqual(['cluster.run']);
  });
});

describe('files and pictures', () => {
  it('are sent with their type and not sent again when they are known', async () => {
    const server = await serveForTest();
    const headers = { cookie: await signIn(server) };
    const face = await ask(server.port, '/face/7', { headers });
    expect(face.headers['content-type']).toBe('image/webp');
    expect(Buffer.from(face.body)).toEqual(Buffer.from([1, 2, 3]));
    for (const path of ['/face/7', '/assets/page-1a2b.js']) {
      const first = await ask(server.port, path, { headers });
      const known = { ...headers, 'if-none-match': first.headers.etag ?? '' };
      expect((await ask(server.port, path, { headers: known })).status).toBe(304);
    }
    expect((await ask(server.port, '/assets/page-1a2b.js', { headers })).headers['cache-control']).toContain(
      'immutable',
    );
  });

  it('are not found by paths that name none or lead out of the page', async () => {
    const server = await serveForTest();
    const headers = { cookie: await signIn(server) };
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/assets%00.js',
      '/%',
      '/assets',
      '/face/8',
      '/face/0',
      '/face/-1',
      '/face/1e3',
      '/face/../face/7x',
      '/thumb/1?s=huge',
      '/photo/',
    ];
    for (const path of paths) {
      const answer = await ask(server.port, path, { headers });
      expect(answer.status, path).toBe(404);
      expect(answer.body, path).not.toContain('secret');
    }
  });
});

describe('events', () => {
  const firstMessage = (socket: WebSocket): Promise<unknown> =>
    new Promise((resolve, reject) => {
      socket.on('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8'))));
      socket.on('error', reject);
    });

  it('reach every page and program that listens', async () => {
    const server = await serveForTest();
    const cookie = await signIn(server);
    const url = `ws://127.0.0.1:${server.port}/events`;
    const listeners = [
      new WebSocket(url, { headers: { cookie, origin: server.origin } }),
      new WebSocket(url, { headers: { authorization: `Bearer ${server.programToken}` } }),
    ];
    const heard = listeners.map(firstMessage);
    await Promise.all(listeners.map((socket) => new Promise((resolve) => socket.on('open', resolve))));
    server.engine.emit('notice', { message: 'hello' });
    for (const message of heard) expect(await message).toEqual({ name: 'notice', payload: { message: 'hello' } });
    for (const socket of listeners) socket.terminate();
  });

  it('are refused to a foreign origin, a foreign host and without a cookie', async () => {
    const server = await serveForTest();
    const cookie = await signIn(server);
    const refused = [{}, { cookie, origin: 'http://127.0.0.1:1' }, { cookie, host: 'evil.example' }];
    for (const headers of refused) {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, { headers });
      await expect(firstMessage(socket)).rejects.toThrow('403');
    }
  });
});
