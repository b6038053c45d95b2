/**
 * Starts this program once more in its place (the same process) with two heaps of the C library for all its threads.
 * glibc gives each thread a heap of its own and is told otherwise only at the start; what large pictures leave behind
 * in one is of no use to the others, and over 5,000 photos a dozen of them keep 170 MB (bench/results/import.md).
 * Nothing is done where there is no glibc, or where the user has chosen. To be called before anything is imported.
 */
export function limitArenas(): void {
  const { platform, env, execPath, execArgv, argv } = process;
  if (platform !== 'linux' || env['MALLOC_ARENA_MAX'] !== undefined) return;
  process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, MALLOC_ARENA_MAX: '2' });
}
