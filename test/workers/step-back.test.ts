import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';

import { describe, expect, it, onTestFinished } from 'vitest';

import { spawnThread } from '../../app/workers/spawn.ts';

const named = (name: string): number[] =>
  readdirSync('/proc/self/task')
    .filter((thread) => readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === name)
    .map(Number);

describe.runIf(process.platform === 'linux')('stepping back', () => {
  it('lowers the priority of the threads that import, and not that of this one', async () => {
    const before = getPriority(0);
    const worker = spawnThread('media');
    onTestFinished(() => worker.close());
    const priorities = (name: string): number[] => named(name).map((thread) => getPriority(thread));
    await expect.poll(() => priorities('media')).toEqual([10]);
    await expect.poll(() => new Set(priorities('libuv-worker'))).toEqual(new Set([10]));
    expect(getPriority(0)).toBe(before);
  });
});
