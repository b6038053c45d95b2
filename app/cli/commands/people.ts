import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';
import { listEveryone } from '../find-person.ts';
import { table } from '../table.ts';

export function addPeople(program: Command, cli: Cli): void {
  program
    .command('people')
    .description('list people and groups that have no name yet')
    .addHelpText('after', '\nExamples:\n  familiar people\n  familiar people --json')
    .action((_options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const everyone = await listEveryone(backend);
        return {
          json: everyone.map(({ id, name, faces, photos, hidden, birth }) => ({
            id,
            name,
            faces,
            photos,
            hidden,
            birth: birth === null ? null : isoDay(birth),
          })),
          text: table([
            ['id', 'faces', 'photos', 'name'],
            ...everyone.map(({ id, name, faces, photos, hidden }) => [
              id,
              faces,
              photos,
              (name ?? '(no name)') + (hidden ? ' (hidden)' : ''),
            ]),
          ]),
        };
      }),
    );
}

/** `2012-05-17` */
function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
