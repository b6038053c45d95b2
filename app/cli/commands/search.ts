import type { Command } from 'commander';

import { runOnLibrary, type Cli } from '../cli.ts';
import { table } from '../table.ts';

export function addSearch(program: Command, cli: Cli): void {
  program
    .command('search')
    .description('list the photos that a query finds, newest first')
    .argument('[query...]', 'names, dates, folders; nothing finds everything')
    // `-carl` is a part of a query, not an option.
    .allowUnknownOption()
    .addHelpText(
      'after',
      `
Query:
  anna ben              both are in the photo
  anna or ben           one of them, or both
  -carl                 without Carl
  only:anna,ben         nobody else
  2019, 2019-06..2019-08
  folder:italy, any text of a folder or file name

Examples:
  familiar search anna ben 2019
  familiar search "anna or ben" -carl --json`,
    )
    .action((words: string[], _options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const photos = await backend.request('export.search', { query: words.join(' ') });
        return {
          json: photos,
          text: table(
            photos.map(({ photo, date, people }) => [
              date ?? '-',
              photo,
              people.flatMap(({ name }) => name ?? []).join(', '),
            ]),
          ),
        };
      }),
    );
}
