import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { Command } from 'commander';

import { Failure } from '../../contract/errors.ts';
import { onLibrary, run, type Cli } from '../cli.ts';
import { importPaths } from '../import-paths.ts';
import { openLibrary, type OpenLibrary } from '../open-library.ts';
import { measuresCsv } from '../report/measures-csv.ts';
import { measuresReport, reportKinds, type ReportKind } from '../report/measures-report.ts';
import { measuresTable, type Measures } from '../report/measures-table.ts';

interface EvaluateOptions {
  readonly lfw?: string;
  readonly pairs?: string;
  readonly dir?: string;
  readonly csv?: string;
  readonly report?: string;
}

export function addEvaluate(program: Command, cli: Cli): void {
  program
    .command('evaluate')
    .description('measure how well people are told apart, in your library or on photos whose people are known')
    .option('--lfw <dir>', 'photos as the LFW data set lays them out: a folder per person')
    .option('--pairs <file>', 'pairs of the LFW protocol, for --lfw')
    .option('--dir <dir>', 'a folder per person: all pairs, and the groups of the scanned folder')
    .option('--csv <file>', 'also write the ROC as a table')
    .option('--report <file>', 'also write all of it with charts, as .html or .svg')
    .addHelpText(
      'after',
      `
With --library alone the library is measured by what you said of its faces; the
groups are judged as if you had said nothing. In any other case the photos are
read into a library of their own, which is removed afterwards.
Below --dir, photos in a folder "young" of a person show the same person at a
younger age; pairs across the ages are then measured on their own as well, photo
by photo and with all of a person's young photos, and all others, taken together.

Examples:
  familiar evaluate --library --report quality.html
  familiar evaluate --lfw lfw --pairs pairs.txt
  familiar evaluate --dir ~/known-people --json`,
    )
    .action((options: EvaluateOptions, command: Command) =>
      run(cli, command, async () => {
        const measure = chooseMeasure(cli, command, options);
        if (!measure) return command.error('error: give --library, or --lfw and --pairs, or --dir');
        if (options.report !== undefined && !kindOf(options.report)) {
          return command.error('error: a report ends with .html or .svg');
        }
        const measures = await measure();
        await writeFiles(cli, measures, options);
        return { json: measures, text: measuresTable(measures) };
      }),
    );
}

/** Undefined where the options do not say clearly what is to be measured. */
function chooseMeasure(
  cli: Cli,
  command: Command,
  { lfw, pairs, dir }: EvaluateOptions,
): (() => Promise<Measures>) | undefined {
  const { signal } = cli;
  if (lfw !== undefined && pairs !== undefined && dir === undefined) {
    return async () => {
      const text = await readPairs(resolve(cli.cwd, pairs));
      return evaluateIn(cli, resolve(cli.cwd, lfw), ({ backend }, root) =>
        backend.request('evaluate.pairs', { root, pairs: text }, signal),
      );
    };
  }
  if (lfw !== undefined || pairs !== undefined) return undefined;
  if (dir !== undefined) {
    return () =>
      evaluateIn(cli, resolve(cli.cwd, dir), ({ backend }, root) =>
        backend.request('evaluate.folders', { root }, signal),
      );
  }
  if (command.optsWithGlobals<{ library?: string | true }>().library === undefined) return undefined;
  return () => onLibrary(cli, command, ({ backend }) => backend.request('evaluate.library', {}, signal));
}

async function evaluateIn(
  cli: Cli,
  root: string,
  measure: (library: OpenLibrary, root: string) => Promise<Measures>,
): Promise<Measures> {
  const dir = await mkdtemp(join(tmpdir(), 'familiar-evaluate-'));
  try {
    const { installation, signal } = cli;
    const library = await openLibrary({ dir, installation, program: 'familiar evaluate', signal });
    try {
      await importPaths(library, [root], signal, cli.stderr);
      return await measure(library, root);
    } catch (error) {
      throw signal.aborted ? new Failure('cancelled', 'stopped; nothing was measured, and nothing is kept') : error;
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

/** What the user wants the measures written to, besides the screen. */
async function writeFiles(cli: Cli, measures: Measures, { csv, report }: EvaluateOptions): Promise<void> {
  if (csv !== undefined) await write(resolve(cli.cwd, csv), measuresCsv(measures));
  if (report !== undefined) await write(resolve(cli.cwd, report), measuresReport(measures, kindOf(report) ?? 'html'));
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new Failure('not-allowed', `${path} cannot be written; choose a folder that exists and is yours`, {
      cause: error,
    });
  }
}

/** By the end of the name; undefined where it is neither. */
function kindOf(path: string): ReportKind | undefined {
  return reportKinds.find((kind) => path.toLowerCase().endsWith(`.${kind}`));
}
