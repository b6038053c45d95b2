import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

export function addDoctor(program: Command, cli: Cli): void {
  program
    .command('doctor')
    .description('check that everything Familiar needs is there and works')
    .addHelpText('after', '\nExamples:\n  familiar doctor\n  familiar doctor --json')
    .action((_options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const checks = await backend.request('doctor.run', {}, cli.signal);
        return {
          json: checks,
          text: table(checks.map(({ ok, name, detail }) => [ok ? 'ok' : 'NO', name, detail])),
          exitCode: checks.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.failed,
        };
      }),
    );
}
