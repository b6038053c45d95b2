import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { probeBackend, type Probe } from '../../../../app/engine/model/backends/probe-backend.ts';
import { forkService } from '../../../../app/workers/fork-service.ts';
import { spawnWorker } from '../../../../app/workers/spawn.ts';
import type { SpawnedWorker } from '../../../../app/workers/spawned-worker.ts';

const packDir = resolve(import.meta.dirname, '../../../../resources/models/packs');
const never = new AbortController().signal;
const child = (name: string) => (): SpawnedWorker => forkService(new URL(`./children/${name}.ts`, import.meta.url));

/** Tries a backend whose child is one of ours. */
function probeChild(name: string, patienceMs = 60_000, signal = never): Promise<Probe> {
  const input = { packDir, embedder: 'fr-feature', backend: 'wasm', threads: 1 } as const;
  return probeBackend(child(name), input, { patienceMs, signal });
}

describe('a try of a backend', () => {
  it('gives its measures, of ONNX Runtime in a process of its own', async () => {
    const input = { packDir, embedder: 'fr-feature', backend: 'ort-cpu', threads: 1 } as const;
    const { measures } = await probeBackend(spawnWorker, input, { patienceMs: 60_000, signal: never });
    expect(measures).toMatchObject({ device: 'processor' });
    expect(measures!.facesPerSecond).toBeGreaterThan(1);
    expect(measures!.deviation).toBeLessThan(1e-6);
  });

  it('outlives one that aborts, and gives its last words', async () => {
    const probe = await probeChild('aborts');
    expect(probe.measures).toBeNull();
    expect(probe.problem).toMatch(/SIGABRT|0x|code 134/);
  });

  it('finds out one that gives values that are no numbers', async () => {
    expect(await probeChild('nan-embeddings')).toEqual({
      backend: 'wasm',
      measures: null,
      problem: 'It gives values that are no numbers.',
    });
  });

  it('finds out one that gives other numbers in a network of the detector alone', async () => {
    const { measures, problem } = await probeChild('wrong-detector');
    expect(measures).toBeNull();
    expect(problem).toMatch(/^It gives other numbers than it should \(1 − cosine: \d/);
  });

  it('waits no longer than its patience for one that hangs, and ends it', async () => {
    expect(await probeChild('hangs', 1500)).toMatchObject({
      measures: null,
      problem: 'It did not come to an end within 2 seconds.',
    });
  });

  it('is ended at once when nobody wants it any more', async () => {
    const stop = new AbortController();
    const probe = probeChild('hangs', 60_000, stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(probe).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('says why one cannot be loaded', async () => {
    const input = { packDir: '/nowhere', embedder: 'fr-feature', backend: 'ort-cpu', threads: 1 } as const;
    const { problem } = await probeBackend(spawnWorker, input, { patienceMs: 60_000, signal: never });
    expect(problem).toMatch(/has no manifest.json/);
  });
});
