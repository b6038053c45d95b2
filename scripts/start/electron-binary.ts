import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runNode } from './run-node.ts';

/** Time for fetching about 110 MB. */
const fetchMs = 90_000;

/** The Electron program, fetched if it is not there; null where it cannot be had. */
export async function findElectron(root: string): Promise<string | null> {
  const present = installedElectron(root);
  if (present) return present;
  console.info("Fetching Electron's binary (about 110 MB, once) …");
  await runNode(root, ['node_modules/electron/install.js'], fetchMs);
  return installedElectron(root);
}

/** The Electron program that is there already: its package writes the place into path.txt when it has been unpacked. */
export function installedElectron(root: string): string | null {
  const dir = join(root, 'node_modules/electron');
  const pathFile = join(dir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(dir, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : null;
}
