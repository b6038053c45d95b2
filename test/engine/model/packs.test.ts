import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Events } from '../../../app/contract/api.ts';
import { serveFiles } from '../../factories/file-server.ts';
import { makeRoundedDlibPack } from '../../factories/rounded-dlib.ts';
import { openTestEngine } from '../../factories/test-engine.ts';
import { shared, sharedDir } from '../../fixtures/photos.ts';

let dir: string;
let packs: string;
let library: Awaited<ReturnType<typeof openTestEngine>>;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-packs-'));
  packs = join(dir, 'packs');
  library = await openTestEngine(join(dir, 'library'), packs);
});
afterEach(async () => {
  await library.engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const packOf = async (name: string) => (await library.ask('models.list', {})).find((pack) => pack.name === name);

describe('the model packs of a library', () => {
  it('are listed with licence, quality and size, and which of them serve', async () => {
    expect(await packOf('fr-feature')).toMatchObject({
      role: 'embedder',
      active: true,
      installed: true,
      builtIn: true,
    });
    expect(await packOf('ultra-light')).toMatchObject({ role: 'detector', active: true, installed: true });
    const facenet = await packOf('facenet');
    expect(facenet).toMatchObject({ role: 'embedder', active: false });
    expect(facenet!.licence).toContain('Apache-2.0');
    expect(facenet!.measured).toContain('LFW');
    expect(facenet!.bytes).toBeGreaterThan(90e6);
  });

  it('made of a file can be used at once, and removed when another is used', async () => {
    makeRoundedDlibPack(dir);
    const file = join(dir, 'rounded-dlib', 'model.onnx');
    const input = {
      file,
      role: 'embedder' as const,
      template: 'dlib-150',
      colour: 'rgb' as const,
      scale: 256,
      pair: 0.42,
    };
    const pack = await library.ask('models.import', { ...input, name: 'mine', mean: [122.782, 117.001, 104.298] });
    expect(pack).toMatchObject({ name: 'mine', installed: true, builtIn: false, active: false });

    const { job } = await library.ask('models.use', { name: 'mine' });
    await library.over(job!);
    expect(await packOf('mine')).toMatchObject({ active: true });
    await expect(library.ask('models.remove', { name: 'mine' })).rejects.toMatchObject({ code: 'model-in-use' });
    const back = await library.ask('models.use', { name: 'fr-feature' });
    await library.over(back.job!);
    await library.ask('models.remove', { name: 'mine' });
    expect(await packOf('mine')).toBeUndefined();
    expect(existsSync(join(packs, 'mine'))).toBe(false);
  });

  it('keep their names from files that are imported', async () => {
    const file = join(dir, 'mine.onnx');
    writeFileSync(file, 'no model');
    const input = {
      file,
      role: 'embedder' as const,
      template: 'arcface-112',
      colour: 'rgb' as const,
      mean: [0],
      scale: 1,
      pair: 1,
    };
    await expect(library.ask('models.import', { ...input, name: 'facenet' })).rejects.toMatchObject({
      code: 'bad-request',
      message: /another name/,
    });
    await expect(library.ask('models.import', { ...input, name: '../evil' })).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(library.ask('models.import', { ...input, name: 'mine' })).rejects.toMatchObject({
      code: 'model-damaged',
    });
  });

  it.skipIf(!sharedDir)('tell how far a download is, and stop it with the request', async () => {
    const server = await serveFiles(shared('models/facenet/weights'));
    if ((await packOf('facenet'))!.installed) return server.close();
    const seen: Events['download'][] = [];
    const stop = new AbortController();
    library.engine.on((name, payload) => {
      if (name !== 'download') return;
      seen.push(payload as Events['download']);
      stop.abort();
    });
    const adding = library.ask('models.add', { name: 'facenet', from: server.url }, stop.signal);
    await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen[0]).toMatchObject({ name: 'facenet', total: 93_905_344 });
    expect(await packOf('facenet')).toMatchObject({ installed: false });
    return server.close();
  });
});
