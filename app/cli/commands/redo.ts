import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';

export function addRedo(program: Command, cli: Cli): void {
  program
    .command('redo')
    .description('do again what was undone last')
    .addHelpText('after', '\nExamples:\n  familiar redo\n  familiar redo --json')
    .action((_options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const action = await backend.request('history.redo', {});
        return { json: action, text: `Done again: ${action.label}` };
      }),
    );
}
