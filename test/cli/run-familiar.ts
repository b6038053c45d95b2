import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll } from 'vitest';

const entry = resolve(import.meta.dirname, '../../app/cli/familiar.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with everything printed so far, once `pattern` is in it. */
  says(pattern: RegExp): Promise<string>;
}

/** Starts the command line as a user does: in a process of its own. */
export function startFamiliar(library: string, ...args: string[]): Running {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', entry, ...args, '--library', library],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString('utf8');
    for (const watcher of watchers) watcher();
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((done, fail) => {
        const look = (): void => {
          if (pattern.test(stdout)) done(stdout);
        };
        watchers.add(look);
        look();
        void ended.then(() => fail(new Error(`ended without saying ${pattern.source}: ${stdout}${stderr}`)));
      }),
  };
}

export function familiar(library: string, ...args: string[]): Promise<Ended> {
  return startFamiliar(library, ...args).ended;
}

/** Runs a command with `--json` and gives its document, which has to be all that it printed. */
export async function familiarJson(library: string, ...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await familiar(library, ...args, '--json');
  if (code !== 0) throw new Error(`familiar ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** A folder that lasts as long as the test file. */
export function tempDirForFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-cli-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
