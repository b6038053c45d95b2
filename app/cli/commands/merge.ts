import type { Command } from 'commander';

import { Failure } from '../../contract/errors.ts';
import { runOnLibrary, type Cli } from '../cli.ts';
import { findPerson, listEveryone } from '../find-person.ts';

export function addMerge(program: Command, cli: Cli): void {
  program
    .command('merge')
    .description('make several people one')
    .argument('<into>', 'id or name of the person that stays')
    .argument('<from...>', 'ids or names of those who become part of it')
    .addHelpText('after', '\nExamples:\n  familiar merge Anna 12 15\n  familiar merge 3 7')
    .action((into: string, from: string[], _options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const everyone = await listEveryone(backend);
        const target = findPerson(everyone, into);
        const sources = from.map((wanted) => findPerson(everyone, wanted).id);
        if (sources.includes(target.id)) throw new Failure('bad-request', 'a person cannot be merged into itself');
        const action = await backend.request('people.merge', { into: target.id, from: [...new Set(sources)] });
        return { json: action, text: action.label };
      }),
    );
}
