import type { Command } from 'commander';

import { Failure } from '../../contract/errors.ts';
import { runOnLibrary, type Cli } from '../cli.ts';
import { findPerson, listEveryone } from '../find-person.ts';

export function addErase(program: Command, cli: Cli): void {
  program
    .command('erase')
    .description('erase a person for good: name, faces, vectors and history; the photos stay')
    .argument('<person>', 'id or name')
    .option('--yes', 'do it: this is the one change that cannot be undone')
    .addHelpText('after', '\nExamples:\n  familiar erase Anna --yes\n  familiar erase 3 --yes')
    .action((wanted: string, { yes }: { yes?: true }, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const person = findPerson(await listEveryone(backend), wanted);
        const who = person.name ?? `group ${person.id}`;
        if (!yes) {
          throw new Failure(
            'not-allowed',
            `this erases ${who} with ${person.faces} faces for good and cannot be undone; add --yes to do it`,
          );
        }
        const { faces } = await backend.request('people.erase', { person: person.id });
        const text = `Erased ${who} with ${faces} faces. The photos stay; in new photos they are a stranger.`;
        return { json: { id: person.id, faces }, text };
      }),
    );
}
