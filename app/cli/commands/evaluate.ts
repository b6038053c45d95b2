import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Command } from 'commander';

import type { Output } from '../../contract/api.ts';
import { Failure } from '../../contract/errors.ts';
import { run, type Cli, type Outcome } from '../cli.ts';
import { importPaths } from '../import-paths.ts';
import { openLibrary, type OpenLibrary } from '../open-library.ts';
import { table } from '../table.ts';

interface EvaluateOptions {
  readonly lfw?: string;
  readonly pairs?: string;
  readonly dir?: string;
}

export function addEvaluate(program: Command, cli: Cli): void {
  program
    .command('evaluate')
    .description('measure how well people are told apart, on photos whose people are known')
    .option('--lfw <dir>', 'photos as the LFW data set lays them out: a folder per person')
    .option('--pairs <file>', 'pairs of the LFW protocol, for --lfw')
    .option('--dir <dir>', 'a folder per person: all pairs, and the groups of the scanned folder')
    .addHelpText(
      'after',
      `
The photos are read into a library of their own, which is removed afterwards.
Below --dir, photos in a folder "young" of a person show the same person at a
younger age; pairs across the ages are then measured on their own as well, photo
by photo and with all of a person's young photos, and all others, taken together.

Examples:
  familiar evaluate --lfw lfw --pairs pairs.txt
  familiar evaluate --dir ~/known-people --json`,
    )
    .action((options: EvaluateOptions, command: Command) =>
      run(cli, command, async () => {
        const { lfw, pairs, dir } = options;
        if (lfw !== undefined && pairs !== undefined && dir === undefined) {
          const text = await readPairs(resolve(cli.cwd, pairs));
          return evaluateIn(cli, resolve(cli.cwd, lfw), ({ backend }, root) =>
            backend.request('evaluate.pairs', { root, pairs: text }, cli.signal),
          );
        }
        if (dir !== undefined && lfw === undefined && pairs === undefined) {
          return evaluateIn(cli, resolve(cli.cwd, dir), ({ backend }, root) =>
            backend.request('evaluate.folders', { root }, cli.signal),
          );
        }
        return command.error('error: give either --lfw and --pairs, or --dir');
      }),
    );
}

type Measures = Output<'evaluate.pairs'> & Partial<Output<'evaluate.folders'>>;

async function evaluateIn(
  cli: Cli,
  root: string,
  measure: (library: OpenLibrary, root: string) => Promise<Measures>,
): Promise<Outcome> {
  const dir = await mkdtemp(join(tmpdir(), 'familiar-evaluate-'));
  try {
    const { installation, signal } = cli;
    const library = await openLibrary({ dir, installation, program: 'familiar evaluate', signal });
    try {
      await importPaths(library, [root], signal, cli.stderr);
      const measures = await measure(library, root);
      return { json: measures, text: describe(measures) };
    } finally {
      await library.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function readPairs(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure('missing', `the pairs file ${path} cannot be read`, { cause: error });
  }
}

function describe(measures: Measures): string {
  const { crossAge } = measures;
  const under = (title: string, some: Measures | undefined): string[][] =>
    some ? rows(some).map(([name = '', value = '']) => [`${title}: ${name}`, value]) : [];
  return table([
    ...rows(measures),
    ...under('across ages', crossAge),
    ...under('across ages, a person’s photos together', crossAge?.looks),
  ]);
}

function rows(measures: Measures): string[][] {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const groups = (name: string, value: Measures['bcubed']): string[][] =>
    value
      ? [[name, `precision ${percent(value.precision)}, recall ${percent(value.recall)}, F1 ${percent(value.f1)}`]]
      : [];
  return [
    ['accuracy', `${percent(measures.accuracy)} ± ${percent(measures.std)}`],
    ['AUC', measures.auc.toFixed(5)],
    ['EER', percent(measures.eer)],
    ...Object.entries(measures.tar).map(([far, tar]) => [`TAR at FAR ${far}`, percent(tar)]),
    ['threshold', measures.threshold.toFixed(4)],
    ['pairs', String(measures.pairs)],
    ['undetected', String(measures.undetected)],
    ...groups('B-cubed', measures.bcubed),
    ...groups('pairwise', measures.pairwise),
  ];
}
