import { resolve, sep } from 'node:path';

import type { Command } from 'commander';

import type { Backend, Output } from '../../contract/api.ts';
import { runOnLibrary, type Cli, type Outcome } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { importPaths } from '../import-paths.ts';
import { printable } from '../printable.ts';
import { count } from '../table.ts';

type FileFailure = Output<'import.failures'>['failures'][number];

/** Files per question when the failures are listed. */
const pageSize = 1000;

export function addScan(program: Command, cli: Cli): void {
  program
    .command('scan')
    .description('read photos and find the people in them; waits until everything is read and grouped')
    .argument('<path...>', 'folders and files')
    .addHelpText(
      'after',
      `
Files that cannot be read are listed with the reason; the rest goes on and the command succeeds.
Where a path given here cannot be read itself, the exit code is ${exitCodes.unreadablePath}.

Examples:
  familiar scan ~/Pictures
  familiar scan ~/Pictures /media/camera/DCIM --json`,
    )
    .action((paths: string[], _options: object, command: Command) =>
      runOnLibrary(cli, command, async (library) => {
        const began = performance.now();
        const absolute = paths.map((path) => resolve(cli.cwd, path));
        await importPaths(library, absolute, cli.signal, cli.stderr);
        return describeScan(library.backend, absolute, (performance.now() - began) / 1000);
      }),
    );
}

async function describeScan(backend: Backend, paths: readonly string[], seconds: number): Promise<Outcome> {
  const within = (path: string): boolean =>
    paths.some((root) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep));
  const photos = (await backend.request('export.search', { query: '' })).filter(({ photo }) => within(photo)).length;
  const faces = (await backend.request('export.faces', {})).filter(({ photo }) => within(photo)).length;
  const failures = (await listFailures(backend)).filter(({ path }) => within(path));
  const status = await backend.request('library.status', {});
  const failed = failures.map(({ path, code, message }) => ({ path, reason: message, code }));
  const text = [
    `${count(photos, 'photo')}, ${count(faces, 'face')} in ${seconds.toFixed(1)} s`,
    `the library has ${count(status.people, 'named person', 'named people')} and ${count(status.groups, 'group')} without a name`,
    ...(failed.length === 0 ? [] : [`${count(failed.length, 'file')} could not be read:`]),
    ...failed.map(({ path, reason }) => `  ${printable(path)}: ${printable(reason)}`),
  ].join('\n');
  return {
    json: {
      photos,
      faces,
      failed,
      seconds: Math.round(seconds * 1000) / 1000,
      people: status.people,
      groups: status.groups,
    },
    text,
    exitCode: failed.some(({ path }) => paths.includes(path)) ? exitCodes.unreadablePath : exitCodes.ok,
  };
}

async function listFailures(backend: Backend): Promise<FileFailure[]> {
  const all: FileFailure[] = [];
  for (;;) {
    const { total, failures } = await backend.request('import.failures', { offset: all.length, limit: pageSize });
    all.push(...failures);
    if (all.length >= total || failures.length === 0) return all;
  }
}
