import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startModels, type Models } from '../../../app/engine/model/start-models.ts';
import { spawnThread, type Spawn } from '../../../app/workers/spawn.ts';
import { demoPhotos } from '../../fixtures/photos.ts';

const built = resolve(import.meta.dirname, '../../../resources/models/packs');
interface Facts {
  thresholds: { eps: number };
  normalisation: { scale: number };
}

let packDir: string;
let models: Models | undefined;

beforeEach(() => {
  packDir = mkdtempSync(join(tmpdir(), 'familiar-packs-'));
  cpSync(built, packDir, { recursive: true });
});
afterEach(async () => {
  await models?.close();
  models = undefined;
  rmSync(packDir, { recursive: true });
});

const start = (spawn: Spawn = spawnThread): Models => (models = startModels({ packDir, spawn, threads: 1 }));

async function photo(): Promise<{ width: number; height: number; data: Uint8Array<ArrayBuffer> }> {
  const { data, info } = await sharp(demoPhotos[3]).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

test('manifests are read without starting a thread', () => {
  const { packs } = start(() => {
    throw new Error('a thread was started');
  });
  const { detector, embedder, detectorVersion, embeddingVersion } = packs();
  expect(detector.role).toBe('detector');
  expect(embedder.dimensions).toBe(512);
  expect(detectorVersion).toMatch(/^[0-9a-f]{16}-\d+$/);
  expect(embeddingVersion).toMatch(/^[0-9a-f]{16}$/);
});

test('a threshold does not change the embedding version, the normalisation does', () => {
  const change = (edit: (manifest: Facts) => void): string => {
    const file = join(packDir, 'fr-feature/manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Facts;
    edit(manifest);
    writeFileSync(file, JSON.stringify(manifest));
    return start().packs().embeddingVersion;
  };
  const version = start().packs().embeddingVersion;
  expect(change((manifest) => (manifest.thresholds.eps = 0.5))).toBe(version);
  expect(change((manifest) => (manifest.normalisation.scale = 255))).not.toBe(version);
});

test('the thread finds the faces of a group and embeds chips', async () => {
  const remote = await start().get();
  const [faces] = await remote.detect({ images: [await photo()] });
  expect(faces).toHaveLength(4);
  for (const { box, points, score } of faces!) {
    expect(score).toBeGreaterThan(0.7);
    for (let i = 0; i < 5; i++) {
      expect(points[2 * i]).toBeGreaterThan(box[0] - 0.2 * box[2]);
      expect(points[2 * i]).toBeLessThan(box[0] + 1.2 * box[2]);
    }
  }
  const vectors = await remote.embed({ chips: new Uint8Array(2 * 3 * 112 * 112), count: 2 });
  expect(vectors.length).toBe(2 * 512);
});

test('when the thread dies the calls in hand fail and the next ones are answered by another', async () => {
  let threads = 0;
  let kill: (() => void) | undefined;
  const remote = await start((name, data) => {
    threads++;
    const worker = spawnThread(name, data);
    let listener: (reason: string) => void;
    kill = () => listener('killed by the test');
    return { ...worker, port: worker.port, onDeath: (told) => (listener = told) };
  }).get();
  const call = remote.embed({ chips: new Uint8Array(3 * 112 * 112), count: 1 });
  const failed = expect(call).rejects.toMatchObject({ code: 'worker-died' });
  await Promise.resolve();
  await Promise.resolve();
  await new Promise(setImmediate);
  kill?.();
  await failed;
  const vectors = await remote.embed({ chips: new Uint8Array(3 * 112 * 112), count: 1 });
  expect(vectors.length).toBe(512);
  expect(threads).toBe(2);
});

test('closing waits for the run in flight and then refuses', async () => {
  const { get, close } = start();
  const remote = await get();
  const running = remote.detect({ images: [await photo()] });
  await close();
  expect(await running).toHaveLength(1);
  await expect(remote.detect({ images: [] })).rejects.toMatchObject({ code: 'cancelled' });
});

describe('a bad pack is refused in plain words', () => {
  test('missing', () => {
    rmSync(join(packDir, 'fr-feature'), { recursive: true });
    expect(() => start().packs()).toThrow(/fr-feature has no manifest\.json.*build-models/);
  });

  test('with a broken manifest', () => {
    writeFileSync(join(packDir, 'fr-feature/manifest.json'), '{"role": "embedder"');
    expect(() => start().packs()).toThrow(/broken manifest\.json/);
  });

  test('of the wrong role', () => {
    cpSync(join(packDir, 'mtcnn'), join(packDir, 'fr-feature'), { recursive: true });
    expect(() => start().packs()).toThrow(/is a detector and no embedder/);
  });

  test('without its model', async () => {
    rmSync(join(packDir, 'fr-feature/model.onnx'));
    await expect(start().get()).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('truncated', async () => {
    truncateSync(join(packDir, 'fr-feature/model.onnx'), 1000);
    const refused = start().get();
    await expect(refused).rejects.toMatchObject({ code: 'model-damaged' });
    await expect(refused).rejects.toThrow(/1000 bytes instead of \d+/);
  });

  test('changed in one byte, and good again once it is put right', async () => {
    const file = join(packDir, 'ultra-light/onet.onnx');
    const bytes = readFileSync(file);
    const changed = Buffer.from(bytes);
    changed[1000]! ^= 1;
    writeFileSync(file, changed);
    const { get } = start();
    const refused = get();
    await expect(refused).rejects.toMatchObject({ code: 'model-damaged' });
    await expect(refused).rejects.toThrow('changed');
    writeFileSync(file, bytes);
    await expect(get()).resolves.toBeDefined();
  });
});
