import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { extract } from 'tar';

import type { NpmSource } from './catalogue.ts';
import { sha256 } from './pack.ts';

/**
 * Downloads a package's tarball with npm (so the user's registry, proxy and cache count), without installing it or
 * what it depends on, and reads the files of it that are listed.
 * @throws {Error} with what to do, in words
 */
export async function readTarball(source: NpmSource, scratch: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const dir = mkdtempSync(join(scratch, 'tarball-'));
  const spec = `${source.package}@${source.version}`;
  npm(['pack', spec, '--pack-destination', dir, '--ignore-scripts', '--silent'], spec);
  const [name] = readdirSync(dir);
  if (!name) throw new Error(`npm gave no tarball of ${spec}; try again`);
  const tarball = join(dir, name);
  const digest = createHash('sha512').update(readFileSync(tarball)).digest('base64');
  if (`sha512-${digest}` !== source.integrity) {
    throw new Error(`${spec} from your npm registry is not the published one (its sha512 differs); check the registry`);
  }
  const wanted = new Set(Object.keys(source.files));
  await extract({ file: tarball, cwd: dir, filter: (path) => wanted.has(path) });
  return new Map(
    Object.entries(source.files).map(([path, hash]) => {
      const bytes = readFileSync(join(dir, path));
      if (sha256(bytes) !== hash) throw new Error(`${path} of ${spec} is not the expected file`);
      return [path, bytes];
    }),
  );
}

function npm(args: readonly string[], spec: string): void {
  const cli = process.env['npm_execpath'];
  try {
    if (cli?.endsWith('.js')) execFileSync(process.execPath, [cli, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
    else execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], shell: process.platform === 'win32' });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(0) : '';
    throw new Error(`npm could not download ${spec}; check the connection to your npm registry. ${said ?? ''}`.trim(), {
      cause: error,
    });
  }
}
