import { Command } from 'commander';

import type { Cli } from './cli.ts';
import { addCalibrate } from './commands/calibrate.ts';
import { addDoctor } from './commands/doctor.ts';
import { addErase } from './commands/erase.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addFaces } from './commands/faces.ts';
import { addMerge } from './commands/merge.ts';
import { addModels } from './commands/models.ts';
import { addName } from './commands/name.ts';
import { addPeople } from './commands/people.ts';
import { addRedo } from './commands/redo.ts';
import { addScan } from './commands/scan.ts';
import { addSearch } from './commands/search.ts';
import { addServe } from './commands/serve.ts';
import { addTune } from './commands/tune.ts';
import { addUndo } from './commands/undo.ts';
import { addVerify } from './commands/verify.ts';
import { exitCodes } from './exit-codes.ts';

/** The command line as a whole. Its parser throws `CommanderError` instead of ending the process. */
export function createProgram(cli: Cli): Command {
  const program = new Command('familiar')
    .description('The photo organizer that learns the people in your photos.')
    .version(cli.installation.version, '--version')
    .option('--library [dir]', 'the library to use; else FAMILIAR_LIBRARY, else your data folder')
    .option('--json', 'print one JSON document to standard output and nothing else')
    .configureHelp({ showGlobalOptions: true, optionTerm: ({ flags }) => flags.replace('[dir]', '<dir>') })
    .configureOutput({ writeOut: (text) => cli.stdout.write(text), writeErr: (text) => cli.stderr.write(text) })
    .addHelpText('after', epilogue)
    .exitOverride();
  const commands = [
    addScan,
    addPeople,
    addFaces,
    addName,
    addMerge,
    addErase,
    addUndo,
    addRedo,
    addSearch,
    addEvaluate,
    addCalibrate,
    addVerify,
    addTune,
    addModels,
    addDoctor,
    addServe,
  ];
  for (const add of commands) add(program, cli);
  program.hook('preAction', (_, command) => {
    // Which library to measure need not be said: `familiar evaluate --library`.
    if (program.opts()['library'] !== true || command.name() === 'evaluate') return;
    command.error("error: option '--library <dir>' argument missing");
  });
  return program;
}

const epilogue = `
A library that is open in another Familiar is used through it; the answers are the same.
With --json a failure is a document too: {"error": {"code", "message"}}.

Exit codes:
  ${exitCodes.ok}    done
  ${exitCodes.failed}    failed; the reason is on standard error
  ${exitCodes.wrongUsage}    wrong usage
  ${exitCodes.unreadablePath}    scan: a path given could not be read; the others were
  ${exitCodes.libraryBusy}    another program holds the library and cannot be asked
  ${exitCodes.interrupted}  interrupted

Examples:
  familiar scan ~/Pictures
  familiar people
  familiar name 3 "Anna"
  familiar search anna 2019`;
