import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { installFile } from '../../../app/engine/model/install.ts';
import { forkService } from '../../../app/workers/fork-service.ts';
import { spawnWorker } from '../../../app/workers/spawn.ts';

const model = resolve(import.meta.dirname, '../../../resources/models/packs/fr-feature/model.onnx');
const facts = {
  ...{ name: 'mine', title: 'Mine', licence: 'MIT', source: 'here', template: 'arcface-112' },
  ...{ colour: 'rgb' as const, mean: [127, 127, 127], scale: 128, pair: 1.2 },
};
const signal = new AbortController().signal;
let dir: string;

beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'familiar-import-'))));
afterEach(() => rmSync(dir, { recursive: true }));

describe('a model file of the user', () => {
  it('is tried and made a pack in a process of its own', async () => {
    const manifest = await installFile(model, facts, { dir, spawn: spawnWorker, signal });
    expect(manifest).toMatchObject({ name: 'mine', dimensions: 512 });
    expect(existsSync(join(dir, 'mine/model.onnx'))).toBe(true);
  });

  it('that aborts its process is refused, leaves nothing behind and takes nothing along', async () => {
    const spawn = () => forkService(new URL('./children/aborting-pack.ts', import.meta.url));
    await expect(installFile(model, facts, { dir, spawn, signal })).rejects.toMatchObject({
      code: 'model-damaged',
      message: expect.stringMatching(/brought down what ran it/) as string,
    });
    expect(readdirSync(dir)).toEqual([]);
  });
});
