import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { demoPhotos } from '../fixtures/photos.ts';
import { familiar, familiarJson, startFamiliar, tempDirForFile } from './run-familiar.ts';

const root = tempDirForFile();
const locker = join(import.meta.dirname, '../engine/library/lock-in-process.ts');

// Each step is a process of its own: slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

describe('one engine for a library', () => {
  it('is asked by a second program, with the same answers', async () => {
    const library = join(root, 'served');
    await familiarJson(library, 'scan', ...demoPhotos.slice(0, 3));
    const alone = await Promise.all([
      familiarJson(library, 'faces'),
      familiarJson(library, 'people'),
      familiarJson(library, 'search'),
    ]);

    const server = startFamiliar(library, 'serve');
    onTestFinished(() => void server.child.kill('SIGKILL'));
    await server.says(/token=/);
    if (process.platform === 'linux') {
      expect(readFileSync(`/proc/${server.child.pid}/environ`, 'utf8')).toContain('MALLOC_ARENA_MAX=2');
    }
    expect(await familiarJson(library, 'faces')).toEqual(alone[0]);
    expect(await familiarJson(library, 'people')).toEqual(alone[1]);
    expect(await familiarJson(library, 'search')).toEqual(alone[2]);
    expect(await familiarJson(library, 'scan', ...demoPhotos)).toMatchObject({ photos: 6, failed: [] });
    expect((await familiar(library, 'undo')).stderr).toContain('nothing to undo');

    const again = await familiar(library, 'serve');
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/token=/);

    server.child.kill('SIGINT');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    expect(await familiarJson(library, 'search')).toHaveLength(6);
  });

  it('is named to a second program that cannot ask it', async () => {
    const library = join(root, 'held');
    await familiarJson(library, 'people');
    const holder = fork(locker, [library], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder, 'message');
    const { code, stdout } = await familiar(library, 'people', '--json');
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'library-busy', message: expect.stringContaining(`process ${holder.pid}`) as string },
    });
  });

  it('waits for a command that holds it for a moment', async () => {
    const library = join(root, 'shared');
    const both = await Promise.all([familiar(library, 'people', '--json'), familiar(library, 'people', '--json')]);
    expect(both.map(({ code, stdout }) => [code, JSON.parse(stdout) as unknown])).toEqual([
      [0, []],
      [0, []],
    ]);
  });
});

describe('a scan that is broken off', () => {
  it.each([
    ['killed', 'SIGKILL', null],
    ['interrupted', 'SIGINT', 130],
  ] as const)('goes on when it was %s', async (_, signal, code) => {
    const library = join(root, signal);
    const scan = startFamiliar(library, 'scan', ...demoPhotos, '--json');
    await vi.waitUntil(() => existsSync(join(library, 'library.sqlite')), { timeout: 30_000, interval: 20 });
    scan.child.kill(signal);
    const broken = await scan.ended;
    expect(broken.code).toBe(code);
    if (signal === 'SIGINT') {
      expect(broken.stderr).toContain('the same command goes on');
      expect(JSON.parse(broken.stdout)).toMatchObject({ error: { code: 'cancelled' } });
    }
    expect(await familiarJson(library, 'scan', ...demoPhotos)).toMatchObject({ photos: 6, failed: [] });
  });
});
