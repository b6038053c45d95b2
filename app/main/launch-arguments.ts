import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { defaultLibrary } from '../workers/default-library.ts';

export interface LaunchArguments {
  /** The library's folder. */
  readonly library: string;
  /** Folders and files to import, absolute. */
  readonly paths: string[];
}

/**
 * Reads `[--library DIR] [DIR…]`; switches that are meant for Chromium are left alone.
 * @param args without the program, and without the app's folder where Electron was given one
 */
export function readLaunchArguments(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): LaunchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { library: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  const library = typeof values.library === 'string' ? values.library : defaultLibrary(env);
  return { library: resolve(cwd, library), paths: positionals.map((path) => resolve(cwd, path)) };
}
