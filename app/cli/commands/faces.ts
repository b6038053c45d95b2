import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';
import { table } from '../table.ts';

export function addFaces(program: Command, cli: Cli): void {
  program
    .command('faces')
    .description('list every face: its photo, its box in the upright picture, whose it is')
    .addHelpText('after', '\nExamples:\n  familiar faces\n  familiar faces --json')
    .action((_options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const faces = await backend.request('export.faces', {});
        return {
          json: faces,
          text: table([
            ['id', 'person', 'score', 'quality', 'left', 'top', 'width', 'height', 'photo'],
            ...faces.map(({ id, person, score, quality, box, photo }) => [
              id,
              person ?? '-',
              score.toFixed(2),
              quality.toFixed(2),
              ...box.map((pixels) => Math.round(pixels)),
              photo,
            ]),
          ]),
        };
      }),
    );
}
