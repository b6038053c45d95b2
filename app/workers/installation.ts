import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { z } from 'zod';

/** Where the parts of this Familiar are. */
export interface Installation {
  /** Folder of package.json. */
  readonly root: string;
  readonly version: string;
  /** Built model packs. */
  readonly packDir: string;
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
    rendererDir: join(root, 'dist/renderer'),
  };
}
