import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { makeLibraryFolder } from '../../../app/engine/library/make-library-folder.ts';

describe('the folder of a library', () => {
  const tempDir = (): string => {
    const dir = mkdtempSync(join(tmpdir(), 'familiar-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
  };

  it('is made with the folders above it, and kept where it is', () => {
    const dir = join(tempDir(), 'a/b');
    makeLibraryFolder(dir);
    makeLibraryFolder(dir);
    expect(existsSync(dir)).toBe(true);
  });

  it('is refused where a file is in the way', () => {
    const file = join(tempDir(), 'file');
    writeFileSync(file, '');
    for (const dir of [file, join(file, 'below')]) {
      expect(() => makeLibraryFolder(dir)).toThrow(expect.objectContaining({ code: 'bad-request' }));
    }
  });

  // The superuser may write everywhere.
  it.skipIf(process.getuid?.() === 0)('is refused where nothing may be made', () => {
    const parent = tempDir();
    chmodSync(parent, 0o500);
    expect(() => makeLibraryFolder(join(parent, 'library'))).toThrow(
      expect.objectContaining({ code: 'no-permission' }),
    );
  });
});
