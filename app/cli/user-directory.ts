import type { Installation } from '../workers/installation.ts';

/**
 * The folder in which the user gave the command: npm runs scripts in the package's folder and says in
 * `INIT_CWD` where it was called.
 */
export function userDirectory(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  installation: Installation,
): string {
  const calledFrom = env['INIT_CWD'];
  return calledFrom && cwd === installation.root ? calledFrom : cwd;
}
