import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import envPaths from 'env-paths';
import { z } from 'zod';

/** Where the parts of this Familiar are. */
export interface Installation {
  /** Folder of package.json. */
  readonly root: string;
  readonly version: string;
  /** Built model packs. */
  readonly packDir: string;
  /** Where the model packs go that the user adds: for all libraries. */
  readonly userPackDir: string;
  /** The built page. */
  readonly rendererDir: string;
}

/**
 * Finds the installation that `from` is a part of: sources and compiled files lie at different depths.
 * @throws {Error} where no folder above `from` has a package.json
 */
export function findInstallation(from: string): Installation {
  let root = from;
  while (!existsSync(join(root, 'package.json'))) {
    if (dirname(root) === root) throw new Error(`no package.json above ${from}; install Familiar again`);
    root = dirname(root);
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return {
    root,
    version,
    packDir: join(root, 'resources/models/packs'),
    userPackDir: userPackDir(process.env),
    rendererDir: join(root, 'dist/renderer'),
  };
}

/** `FAMILIAR_MODELS`, else below the platform's data folder. */
function userPackDir(env: Readonly<Record<string, string | undefined>>): string {
  const named = env['FAMILIAR_MODELS'] ?? '';
  return named === '' ? join(envPaths('familiar', { suffix: '' }).data, 'models') : named;
}
