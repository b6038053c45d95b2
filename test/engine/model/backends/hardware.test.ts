import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Output } from '../../../../app/contract/api.ts';
import { Failure, unwrapReply } from '../../../../app/contract/errors.ts';
import { openEngine, type Engine } from '../../../../app/engine/engine.ts';
import { openNetwork } from '../../../../app/engine/model/backends/open-network.ts';
import type { ProbeService } from '../../../../app/engine/model/backends/probe-service.ts';
import { createModelService } from '../../../../app/engine/model/create-model-service.ts';
import { spawnThread, type Spawn } from '../../../../app/workers/spawn.ts';
import { threadInPlace } from '../../../factories/thread-in-place.ts';

const packDir = resolve(import.meta.dirname, '../../../../resources/models/packs');
const { signal } = new AbortController();
let dir: string;
let engine: Engine;
let opened: string[];

/** WASM is measured to be the fastest by far, and breaks when it is wanted, if `breaks`. */
async function open(breaks: boolean): Promise<void> {
  const measures = { device: 'processor', detectMs: 10, deviation: 1e-8, difference: 1e-7 };
  const probe = threadInPlace<ProbeService>(() => ({
    measure: async ({ backend }) => {
      if (backend === 'tensorflow') throw new Failure('model-failed', 'It is not installed.');
      return { ...measures, facesPerSecond: backend === 'wasm' ? 9000 : 20 };
    },
  }));
  const model = threadInPlace(() =>
    createModelService(async (backend, pack, options) => {
      opened.push(backend);
      if (backend === 'wasm' && breaks) throw new Failure('model-failed', 'the driver is gone');
      // Which one is asked for is what matters here.
      return openNetwork('ort-cpu', pack, options);
    }),
  );
  const inPlace: Partial<Record<string, Spawn>> = { probe, model };
  engine = await openEngine({
    ...{ dir, packDir, version: '1', clock: () => 1000, random: Math.random, threads: 1 },
    spawn: (name, data) => (inPlace[name] ?? spawnThread)(name, data),
    report: (where, error) => console.error(where, error),
  });
}
const ask = async (name: 'hardware.list' | 'hardware.probe'): Promise<Output<typeof name>> =>
  unwrapReply(await engine.dispatch(name, {}, signal)) as Output<typeof name>;
const chosen = ({ backends }: Output<'hardware.list'>): string[] =>
  backends.filter((backend) => backend.chosen).map(({ name }) => name);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'familiar-hardware-'));
  opened = [];
});
afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the hardware of a library', () => {
  it('is the default until it is measured, and then what is clearly faster runs the models, at later starts too', async () => {
    await open(false);
    const before = await ask('hardware.list');
    expect(before.measuredAt).toBeNull();
    expect(chosen(before)).toEqual(['ort-cpu']);
    const after = await ask('hardware.probe');
    expect(chosen(after)).toEqual(['wasm']);
    expect(after.backends.find(({ name }) => name === 'tensorflow')).toMatchObject({
      facesPerSecond: null,
      reason: 'It is not installed.',
    });
    await engine.close();
    await open(false);
    expect(chosen(await ask('hardware.list'))).toEqual(['wasm']);
    const found = unwrapReply(await engine.dispatch('doctor.run', {}, signal)) as Output<'doctor.run'>;
    expect(found.find(({ name }) => name === 'Embedder')).toMatchObject({ ok: true });
    expect(new Set(opened)).toEqual(new Set(['wasm']));
  });

  it('goes back to the default, and tells, when the chosen one does not start after all', async () => {
    await open(true);
    const notices: string[] = [];
    engine.on((name, payload) => {
      if (name === 'notice' && 'message' in payload) notices.push(payload.message);
    });
    await ask('hardware.probe');
    const found = unwrapReply(await engine.dispatch('doctor.run', {}, signal)) as Output<'doctor.run'>;
    expect(found.find(({ name }) => name === 'Embedder')).toMatchObject({ ok: true });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/WebAssembly stopped working.*ONNX Runtime runs the models now/);
    const list = await ask('hardware.list');
    expect(chosen(list)).toEqual(['ort-cpu']);
    expect(list.backends.find(({ name }) => name === 'wasm')?.reason).toMatch(/the driver is gone/);
  });
});
