import { CommanderError } from 'commander';

import { findInstallation } from '../workers/installation.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { userDirectory } from './user-directory.ts';

const stop = new AbortController();
// The first signal ends the command in good order; a second one ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const installation = findInstallation(import.meta.dirname);
const program = createProgram({
  installation,
  cwd: userDirectory(process.cwd(), process.env, installation),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
  exit: (code) => {
    process.exitCode = code;
  },
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are no failures; for everything else the parser has said what is wrong.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUsage;
  if (error.exitCode !== 0 && process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code: 'bad-request', message: error.message } })}\n`);
  }
}
