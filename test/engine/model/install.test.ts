import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readCatalogue, type Description } from '../../../app/engine/model/catalogue.ts';
import { installPack, type InstallOptions } from '../../../app/engine/model/install.ts';
import { readModelFile, readPack } from '../../../app/engine/model/pack.ts';
import { spawnThread } from '../../../app/workers/spawn.ts';
import { serveFiles, type FileServer } from '../../factories/file-server.ts';
import { shared, sharedDir } from '../../fixtures/photos.ts';

const catalogue = readCatalogue(resolve(import.meta.dirname, '../../../resources/models'));

it('lists every pack with its licence, how good it is and where all its parts come from', () => {
  expect([...catalogue.keys()].sort()).toEqual(
    expect.arrayContaining(['dlib-resnet', 'facenet', 'fr-feature', 'mtcnn', 'sface', 'ultra-light']),
  );
  for (const { sources, measured, manifest } of catalogue.values()) {
    expect(manifest.licence).not.toBe('');
    expect(measured).not.toBe('');
    expect(sources).not.toHaveLength(0);
  }
});

describe.skipIf(!sharedDir)('installing FaceNet from its 266 files', () => {
  let dir: string;
  let server: FileServer;
  const facenet = (): Description => catalogue.get('facenet')!;
  const install = (options: Partial<InstallOptions> = {}): Promise<void> =>
    installPack(facenet(), {
      dir,
      spawn: spawnThread,
      env: {},
      signal: new AbortController().signal,
      from: server.url,
      ...options,
    });

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'familiar-install-'));
    server = await serveFiles(shared('models/facenet/weights'));
  });
  afterEach(async () => {
    await server.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('goes on after a cut and a cancel, makes the pack, checks it and leaves nothing else behind', async () => {
    const stop = new AbortController();
    const cancelled = install({
      signal: stop.signal,
      onProgress: (done) => {
        if (done > 3_000_000) stop.abort();
      },
    });
    await expect(cancelled).rejects.toThrow(/abort/i);
    expect(existsSync(join(dir, 'facenet'))).toBe(false);

    server.asked.length = 0;
    server.faults.push({ cut: 100 });
    const seen: number[] = [];
    await install({ onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    expect(new Set(server.asked.map(({ name }) => name)).size).toBeLessThan(266);

    expect(readdirSync(dir)).toEqual(['facenet']);
    const pack = readPack(dir, 'facenet', 'embedder');
    expect(pack.manifest).toMatchObject({ dimensions: 512, template: 'facenet-160' });
    expect((await readModelFile(pack, 'model.onnx')).length).toBe(pack.manifest.files[0]!.bytes);
  });

  it('refuses a file that is not the pinned one, and installs nothing', async () => {
    server.faults.push({ body: Buffer.alloc(facenet().manifest.files[0]!.bytes) });
    await expect(install()).rejects.toMatchObject({ code: 'download-wrong' });
    expect(existsSync(join(dir, 'facenet'))).toBe(false);
  });
});
