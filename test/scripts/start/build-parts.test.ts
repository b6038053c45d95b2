import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { buildPart } from '../../../scripts/start/build-parts.ts';

/** A part whose build copies its source, in a folder of its own. */
function partIn(root: string): Parameters<typeof buildPart>[1] {
  mkdirSync(join(root, 'source'));
  writeFileSync(join(root, 'source/a.txt'), 'one');
  writeFileSync(join(root, 'build.js'), `require('node:fs').copyFileSync('source/a.txt', 'result.txt');`);
  return { name: 'a part', result: 'result.txt', sources: ['source/**/*.txt'], command: ['build.js'] };
}

function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'familiar-build-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

describe('a part of the app', () => {
  it('is built when it is missing or older than its sources, and left alone otherwise', async () => {
    const root = tempDir();
    const part = partIn(root);
    const result = join(root, 'result.txt');
    await buildPart(root, part);
    expect(existsSync(result)).toBe(true);

    await buildPart(root, { ...part, command: ['there-is-no-such-script.js'] });

    const later = new Date(Date.now() + 60_000);
    utimesSync(join(root, 'source/a.txt'), later, later);
    await expect(buildPart(root, { ...part, command: ['--eval', 'process.exit(1)'] })).rejects.toThrow('npm ci');
  });
});
