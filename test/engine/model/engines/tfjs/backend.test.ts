import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { loadableBackends } from './loadable-backends.ts';

const backends = await loadableBackends();

it.runIf(backends.includes('native'))(
  'a program ends in good order after a thread that used native TensorFlow',
  async () => {
    const program = join(import.meta.dirname, 'load-in-thread.ts');
    // Rejects where the program does not end with 0.
    const { stdout } = await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', program]);
    expect(stdout).toBe('');
  },
);
