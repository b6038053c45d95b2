import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { demoPhotos } from '../fixtures/photos.ts';

// It may have to build the page first, on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const root = resolve(import.meta.dirname, '../..');

/** Without what the test runner adds: it would make another build of the page. */
const plainEnv = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => !/^(NODE_ENV|VITEST|TEST)/.test(key)),
);

/** Runs `npm start` without npm, from the folder that npm would run it in. */
function start(...args: string[]): { output: () => string; stop: () => Promise<number> } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/start.ts', ...args], {
    cwd: root,
    env: { ...plainEnv, INIT_CWD: tmpdir() },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  }
  const ended = once(child, 'exit');
  return {
    output: () => output,
    stop: async () => {
      child.kill('SIGINT');
      return (await ended)[0] as number;
    },
  };
}

describe('npm start in the browser', () => {
  it('says in one line where the app is, imports the photos given, and ends cleanly', async () => {
    const library = mkdtempSync(join(tmpdir(), 'familiar-start-'));
    onTestFinished(() => rmSync(library, { recursive: true, force: true }));
    const app = start('--browser', '--no-open', '--library', library, demoPhotos[0]!);
    await expect
      .poll(app.output, { timeout: 60_000 })
      .toMatch(/served in the browser: http:\/\/127\.0\.0\.1:\d+\/\?token=/);
    const url = /http:\S+/.exec(app.output())![0];

    const entered = await fetch(url, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
    const ask = async (name: string, input: object): Promise<unknown> => {
      const headers = { cookie, 'content-type': 'application/json' };
      const response = await fetch(new URL(`/api/${name}`, url), {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      });
      return ((await response.json()) as { value: unknown }).value;
    };
    expect(await (await fetch(new URL('/', url), { headers: { cookie } })).text()).toContain('<!doctype html>');
    await expect.poll(() => ask('library.status', {}), { timeout: 120_000 }).toMatchObject({ photos: 1 });
    expect(await app.stop()).toBe(0);
  });

  it('says how it is used when it does not understand', async () => {
    const app = start('--sing');
    await expect.poll(app.output, { timeout: 30_000 }).toContain('--library DIR');
  });
});
