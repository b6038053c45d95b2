import { resolve } from 'node:path';

import type { Command } from 'commander';

import type { Output } from '../../contract/api.ts';
import { runOnLibrary, type Cli } from '../cli.ts';

export function addVerify(program: Command, cli: Cli): void {
  program
    .command('verify')
    .description('say whether two photos show the same person')
    .argument('<photo>', 'of each photo the most prominent face counts')
    .argument('<other>')
    .addHelpText('after', '\nExamples:\n  familiar verify anna.jpg who.jpg\n  familiar verify anna.jpg who.jpg --json')
    .action((one: string, other: string, _options: object, command: Command) =>
      runOnLibrary(cli, command, async ({ backend }) => {
        const paths: [string, string] = [resolve(one), resolve(other)];
        const verdict = await backend.request('verify.pair', { paths }, cli.signal);
        return { json: verdict, text: describe(verdict) };
      }),
    );
}

function describe({ distance, threshold, same, far, embedder, faces }: Output<'verify.pair'>): string {
  const chance = far === null ? 'not measured' : `${(100 * far).toPrecision(2)} % of pairs of different people`;
  const several = faces.some((count) => count > 1)
    ? [`Faces found: ${faces.join(' and ')}; the most prominent count.`]
    : [];
  return [
    same ? 'The same person.' : 'Two different people.',
    `Distance ${distance.toFixed(3)}; the same person below ${threshold.toFixed(3)} (L2 between unit vectors of ${embedder}).`,
    `False accepts at that threshold: ${chance}.`,
    ...several,
  ].join('\n');
}
