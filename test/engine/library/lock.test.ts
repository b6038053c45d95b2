import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { lockLibrary, readHolder, type Holder } from '../../../app/engine/library/lock.ts';

const holder: Holder = { pid: 42, program: 'the Familiar window', url: 'http://127.0.0.1:1', token: 't', since: 5 };
const locker = join(import.meta.dirname, 'lock-in-process.ts');

function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-lock-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function lockElsewhere(dir: string): Promise<ChildProcess> {
  const child = fork(locker, [dir], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

describe('the lock of a library', () => {
  it('is held by one opener at a time and free after its release', () => {
    const dir = tempDir();
    const lock = lockLibrary(dir);
    expect(() => lockLibrary(dir)).toThrow(expect.objectContaining({ code: 'library-busy' }));
    lock.release();
    lockLibrary(dir).release();
  });

  it('tells a second opener who holds the library', () => {
    const dir = tempDir();
    const lock = lockLibrary(dir);
    lock.announce(holder);
    expect(readHolder(dir)).toEqual(holder);
    expect(() => lockLibrary(dir)).toThrow('open in the Familiar window (process 42)');
    lock.release();
    expect(readHolder(dir)).toBeNull();
  });

  it.skipIf(process.platform === 'win32')('lets nobody but the user read how to reach the holder', () => {
    const dir = tempDir();
    const lock = lockLibrary(dir);
    writeFileSync(join(dir, 'holder.json.new'), 'left by a crash', { mode: 0o644 });
    lock.announce(holder);
    expect(statSync(join(dir, 'holder.json')).mode & 0o777).toBe(0o600);
    lock.release();
  });

  it('works between processes and ends when the other is killed', async () => {
    const dir = tempDir();
    const child = await lockElsewhere(dir);
    expect(() => lockLibrary(dir)).toThrow(`(process ${child.pid})`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(dir, 'holder.json'))).toBe(true);
    const lock = lockLibrary(dir);
    expect(readHolder(dir)).toBeNull();
    lock.release();
  });

  it('is not taken by reading who holds it', () => {
    const dir = tempDir();
    writeFileSync(join(dir, 'holder.json'), 'not a holder');
    expect(readHolder(dir)).toBeNull();
    expect(readHolder(join(dir, 'missing'))).toBeNull();
  });
});
