import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';
import { findPerson, listEveryone } from '../find-person.ts';

export function addName(program: Command, cli: Cli): void {
  program
    .command('name')
    .description('give a person or group a name; an empty name takes it away')
    .argument('<person>', 'id or present name')
    .argument('<name>')
    .addHelpText(
      'after',
      '\nExamples:\n  familiar name 3 "Anna Schmidt"\n  familiar name Anna Anne\n  familiar name 3 ""',
    )
    .action((wanted: string, name: string, _options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const person = findPerson(await listEveryone(backend), wanted);
        const action = await backend.request('people.name', { person: person.id, name });
        return { json: action, text: action.label };
      }),
    );
}
