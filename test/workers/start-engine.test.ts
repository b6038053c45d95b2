import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { FaceId, PhotoId } from '../../app/contract/ids.ts';
import { createEngineBackend } from '../../app/workers/engine-backend.ts';
import { findInstallation } from '../../app/workers/installation.ts';
import { spawnThread } from '../../app/workers/spawn.ts';
import { startEngine, type EngineHandle } from '../../app/workers/start-engine.ts';
import { demoPhotos } from '../fixtures/photos.ts';

const { packDir, version } = findInstallation(import.meta.dirname);
const never = new AbortController().signal;

function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-engine-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function open(dir: string, spawn = spawnThread): Promise<EngineHandle> {
  const engine = await startEngine({ dir, packDir, version }, spawn);
  onTestFinished(() => engine.close());
  return engine;
}

describe('the engine in its thread', () => {
  it('answers requests, passes events on and hands pictures over', async () => {
    const dir = tempDir();
    const photos = join(dir, 'photos');
    mkdirSync(photos);
    copyFileSync(demoPhotos[0]!, join(photos, 'a.jpg'));
    const engine = await open(join(dir, 'library'));
    const backend = createEngineBackend(engine);
    const imported = new Promise<void>((resolve) => {
      backend.on('jobs', (jobs) => {
        if (jobs.length > 0 && jobs.every(({ state }) => state === 'done')) resolve();
      });
    });
    await backend.request('import.add', { paths: [photos] });
    await imported;
    const [face] = await backend.request('export.faces', {});
    expect(face?.photo).toBe(join(photos, 'a.jpg'));
    const crop = await engine.picture({ kind: 'face', id: face!.id });
    expect('bytes' in crop && Buffer.from(crop.bytes.subarray(8, 12)).toString()).toBe('WEBP');
    const [id] = (await backend.request('photos.timeline', { query: '' })).months.flatMap(({ ids }) => Array.from(ids));
    expect(await engine.picture({ kind: 'thumb', id: id!, size: 's' })).toMatchObject({ mime: 'image/webp' });
    expect(await engine.picture({ kind: 'photo', id: id! })).toEqual({
      path: join(photos, 'a.jpg'),
      mime: 'image/jpeg',
    });
    await expect(engine.picture({ kind: 'photo', id: 99 as PhotoId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(engine.picture({ kind: 'face', id: 9999 as FaceId })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('refuses a library that is open, and opens it once it has been closed', async () => {
    const dir = tempDir();
    const first = await startEngine({ dir, packDir, version });
    await first.announce({ pid: 7, program: 'a test', url: null, token: null, since: 0 });
    await expect(startEngine({ dir, packDir, version })).rejects.toMatchObject({
      code: 'library-busy',
      message: expect.stringContaining('a test (process 7)') as string,
    });
    await first.close();
    expect(await (await open(dir)).dispatch('library.status', {}, never)).toMatchObject({ ok: true });
  });

  it('tells its host when it dies, and answers nothing any more', async () => {
    let kill = (): void => undefined;
    const deaths: string[] = [];
    const engine = await open(tempDir(), (name, data) => {
      const worker = spawnThread(name, data);
      kill = () => (worker.port as unknown as { terminate(): void }).terminate();
      return worker;
    });
    engine.onDeath((reason) => deaths.push(reason));
    kill();
    await expect.poll(() => deaths).toHaveLength(1);
    expect(await engine.dispatch('library.status', {}, never)).toMatchObject({
      ok: false,
      error: { code: 'worker-died' },
    });
  });
});
