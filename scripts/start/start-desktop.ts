import { spawn } from 'node:child_process';

/** A program that ends with an error this soon did not start at all: a library of the system is missing. */
const startMs = 5000;

/** Runs the desktop app until it ends. Gives false where it could not start. */
export function startDesktop(electron: string, root: string, args: readonly string[]): Promise<boolean> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(electron, [root, ...args], { stdio: 'inherit' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => {
      process.exitCode = code ?? 0;
      resolve(code === 0 || performance.now() - began > startMs);
    });
  });
}

/** Why the desktop app cannot be shown on this machine whatever is installed; null where it can. */
export function missingForDesktop(env: Readonly<Record<string, string | undefined>>): string | null {
  if (process.platform !== 'linux') return null;
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no screen for its window';
  if (process.getuid?.() === 0) return 'it does not run as root';
  return null;
}
