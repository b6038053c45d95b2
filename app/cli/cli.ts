import { resolve } from 'node:path';

import { CommanderError, type Command } from 'commander';

import { describeFailure } from '../contract/errors.ts';
import { defaultLibrary } from '../workers/default-library.ts';
import type { Installation } from '../workers/installation.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { openLibrary, type OpenLibrary } from './open-library.ts';
import { printable } from './printable.ts';
import type { Screen } from './screen.ts';

/** The world of the command line. */
export interface Cli {
  readonly installation: Installation;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the user gave the command: relative paths are meant from there. */
  readonly cwd: string;
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>;
  readonly stderr: Screen;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  exit(code: number): void;
}

/** What a command has to say: to programs and to people. */
export interface Outcome {
  readonly json: unknown;
  /** Lines for a person. */
  readonly text: string;
  readonly exitCode?: number;
}

interface CommonOptions {
  /** True where it was given without a value, which only some commands understand (program.ts). */
  readonly library?: string | true;
  readonly json?: boolean;
}

/** Runs a command on the library that its options name, prints what it says and lets go of the library. */
export async function runOnLibrary(
  cli: Cli,
  command: Command,
  work: (library: OpenLibrary) => Promise<Outcome>,
): Promise<void> {
  await run(cli, command, () => onLibrary(cli, command, work));
}

/** Opens the library that the options name for as long as the work takes. */
export async function onLibrary<T>(cli: Cli, command: Command, work: (library: OpenLibrary) => Promise<T>): Promise<T> {
  const library = await openLibrary({
    dir: libraryDir(cli, command),
    installation: cli.installation,
    program: `familiar ${command.name()}`,
    signal: cli.signal,
  });
  try {
    return await work(library);
  } finally {
    await library.close();
  }
}

/**
 * Runs a command and prints its outcome or its failure; with `--json`, exactly one document either way. A
 * command that stays prints its outcome itself and gives null in the end.
 */
export async function run(
  cli: Cli,
  command: Command,
  work: (print: (outcome: Outcome) => void) => Promise<Outcome | null>,
): Promise<void> {
  const { json } = command.optsWithGlobals<CommonOptions>();
  const print = (outcome: Outcome): void => {
    const text = json ? JSON.stringify(outcome.json, null, 2) : outcome.text;
    if (text !== '') cli.stdout.write(`${text}\n`);
  };
  try {
    const outcome = await work(print);
    if (outcome) print(outcome);
    cli.exit(outcome?.exitCode ?? exitCodes.ok);
  } catch (error) {
    if (error instanceof CommanderError) throw error;
    const failure = describeFailure(error);
    cli.stderr.write(`familiar ${command.name()}: ${printable(failure.message)}\n`);
    if (failure.code === 'internal' && error instanceof Error) cli.stderr.write(`${error.stack}\n`);
    print({ json: { error: failure }, text: '' });
    cli.exit(exitCodeOf(failure.code));
  }
}

export function libraryDir(cli: Cli, command: Command): string {
  const { library } = command.optsWithGlobals<CommonOptions>();
  return resolve(cli.cwd, typeof library === 'string' ? library : defaultLibrary(cli.env));
}
