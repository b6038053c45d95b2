import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';

export function addUndo(program: Command, cli: Cli): void {
  program
    .command('undo')
    .description('take back the last change to people, also one from an earlier session')
    .addHelpText('after', '\nExamples:\n  familiar undo\n  familiar undo --json')
    .action((_options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const action = await backend.request('history.undo', {});
        return { json: action, text: `Undone: ${action.label}` };
      }),
    );
}
