import type { FailureCode } from '../contract/errors.ts';

/** What a command answers to the shell; `familiar --help` lists them. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  wrongUsage: 2,
  /** A path named on the command line could not be read; the others were. */
  unreadablePath: 3,
  libraryBusy: 4,
  /** As shells say for Ctrl-C. */
  interrupted: 130,
} as const;

export function exitCodeOf(code: FailureCode): number {
  if (code === 'library-busy') return exitCodes.libraryBusy;
  if (code === 'cancelled') return exitCodes.interrupted;
  return exitCodes.failed;
}
