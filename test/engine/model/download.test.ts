import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { download } from '../../../app/engine/model/download.ts';
import { serveFiles, type FileServer } from '../../factories/file-server.ts';

const content = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 251));
const sha256 = createHash('sha256').update(content).digest('hex');

let dir: string;
let server: FileServer;
let path: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-download-'));
  writeFileSync(join(dir, 'model.bin'), content);
  server = await serveFiles(dir);
  path = join(dir, 'got', 'model.bin');
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const get = (options: { urls?: string[]; signal?: AbortSignal; env?: Record<string, string>; seen?: number[] } = {}) =>
  download(
    { urls: options.urls ?? [`${server.url}model.bin`], path, bytes: content.length, sha256 },
    {
      signal: options.signal ?? new AbortController().signal,
      env: options.env ?? {},
      onProgress: (bytes) => options.seen?.push(bytes),
    },
  );

describe('download', () => {
  it('fetches a file and tells how far it is', async () => {
    const seen: number[] = [];
    await get({ seen });
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(seen.at(-1)).toBe(content.length);
    await get();
    expect(server.asked).toHaveLength(1);
  });

  it('goes on where the connection was cut, without asking twice for what has come', async () => {
    server.faults.push({ cut: 70_000 });
    await get();
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(server.asked[0]!.range).toBeUndefined();
    expect(server.asked[1]!.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('goes on in another run of the program after being cancelled', async () => {
    const stop = new AbortController();
    const halfway = download(
      { urls: [`${server.url}model.bin`], path, bytes: content.length, sha256 },
      { signal: stop.signal, env: {}, onProgress: () => stop.abort() },
    );
    await expect(halfway).rejects.toThrow(/abort/i);
    writeFileSync(`${path}.part`, content.subarray(0, 1000));
    await get();
    expect(server.asked.at(-1)!.range).toBe('bytes=1000-');
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('asks for nothing where all had come before the program ended', async () => {
    await get();
    renameSync(path, `${path}.part`);
    const seen: number[] = [];
    await get({ seen });
    expect(server.asked).toHaveLength(1);
    expect(seen).toEqual([content.length]);
  });

  it('begins again where the server knows nothing of ranges', async () => {
    const plain = await serveFiles(dir, { ranges: false });
    plain.faults.push({ cut: 50_000 });
    await get({ urls: [`${plain.url}model.bin`] });
    expect(plain.asked).toHaveLength(2);
    expect(readFileSync(path).equals(content)).toBe(true);
    await plain.close();
  });

  it('refuses and removes a file that is not the one wanted', async () => {
    const other = Buffer.from(content);
    other[100_000]! ^= 1;
    server.faults.push({ body: other });
    await expect(get()).rejects.toMatchObject({ code: 'download-wrong', message: /not the expected file/ });
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  });

  it.each([
    ['longer', Buffer.concat([content, Buffer.from('more')])],
    ['shorter', content.subarray(0, 1000)],
  ])('refuses and removes a file that is %s than it should be', async (_, body) => {
    server.faults.push({ body });
    await expect(get()).rejects.toMatchObject({ code: 'download-wrong', message: /another size than 200000 bytes/ });
    expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
  });

  it('throws away what another program left in its place, if it is wrong', async () => {
    await get();
    writeFileSync(path, 'broken');
    await get();
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it('turns to the next address when the first has no such file', async () => {
    server.faults.push({ status: 404 }, { status: 404 }, { status: 404 }, { status: 404 });
    await get({ urls: [`${server.url}a/model.bin`, `${server.url}b/model.bin`] });
    expect(server.asked).toHaveLength(5);
  });

  it('says that nobody answers, and what to look at', async () => {
    await server.close();
    await expect(get()).rejects.toMatchObject({ code: 'download-failed', message: /cannot be reached.*proxy/ });
  });

  it('goes through the proxy that the environment names', async () => {
    const through: string[] = [];
    const proxy = createServer((request, response) => {
      through.push(request.url!);
      response.end(content);
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const { port } = proxy.address() as AddressInfo;
    await get({ urls: ['http://models.example/model.bin'], env: { HTTP_PROXY: `http://127.0.0.1:${port}` } });
    expect(through).toEqual(['http://models.example/model.bin']);
    expect(readFileSync(path).equals(content)).toBe(true);
    await new Promise((closed) => proxy.close(closed));
  });
});
