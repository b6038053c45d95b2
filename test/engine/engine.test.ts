import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { readHolder } from '../../app/engine/library/lock.ts';
import { openEngine, type EngineOptions } from '../../app/engine/engine.ts';
import { spawnThread } from '../../app/workers/spawn.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the engine', () => {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-engine-'));
  const options = (library: string): EngineOptions => ({
    dir: join(dir, library),
    packDir: join(root, 'resources/models/packs'),
    version: '0',
    spawn: spawnThread,
    clock: Date.now,
    random: Math.random,
    threads: 1,
    report: (where, error) => console.error(where, error),
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('opens an empty library, answers, and lets go of it', async () => {
    const engine = await openEngine(options('empty'));
    const { signal } = new AbortController();
    expect(await engine.dispatch('library.status', {}, signal)).toMatchObject({ ok: true, value: { photos: 0 } });
    expect(await engine.dispatch('library.burn', {}, signal)).toMatchObject({
      ok: false,
      error: { code: 'bad-request' },
    });
    expect(await engine.dispatch('photos.get', { id: -1 }, signal)).toMatchObject({ error: { code: 'bad-request' } });
    expect(await engine.dispatch('photos.get', { id: 7 }, signal)).toMatchObject({ error: { code: 'not-found' } });
    await engine.close();
    await (await openEngine(options('empty'))).close();
  });

  it('lets go of its library even where a thread of it has died', async () => {
    const reports: string[] = [];
    let kill = (): void => undefined;
    const engine = await openEngine({
      ...options('dying'),
      spawn: (name, data) => {
        const worker = spawnThread(name, data);
        if (name === 'index') kill = () => (worker.port as unknown as { terminate(): void }).terminate();
        return worker;
      },
      report: (where) => reports.push(where),
    });
    expect(await engine.dispatch('cluster.run', {}, new AbortController().signal)).toMatchObject({ ok: true });
    kill();
    await expect.poll(() => reports).toEqual(['index']);
    await engine.close();
    expect(reports).toEqual(['index', 'closing']);
    await (await openEngine(options('dying'))).close();
  });

  it('does not hold a library that it could not open', async () => {
    const damaged = options('damaged');
    await (await openEngine(damaged)).close();
    rmSync(join(damaged.dir, 'library.sqlite'));
    writeFileSync(
      join(damaged.dir, 'library.sqlite'),
      'this is no database, but long enough to be taken for one '.repeat(40),
    );
    await expect(openEngine(damaged)).rejects.toMatchObject({ code: 'library-damaged' });
    await expect(openEngine(damaged)).rejects.toMatchObject({ code: 'library-damaged' });
    expect(readHolder(damaged.dir)).toBeNull();
  });

  it('is refused while another one holds the library', async () => {
    const engine = await openEngine(options('held'));
    await expect(openEngine(options('held'))).rejects.toMatchObject({ code: 'library-busy' });
    await engine.close();
  });

  it('opens under plain Node where Electron cannot be found', () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => {
        if (name === 'electron') throw new Error('asked for electron');
        return next(name, context);
      } });
      await import('./app/engine/engine.ts');
      console.log('opened');`;
    const flags = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
    expect(execFileSync(process.execPath, flags, { cwd: root, encoding: 'utf8' })).toBe('opened\n');
  });
});
