import { spawn } from 'node:child_process';

/** Runs a script with this Node and gives its exit code; what it prints is shown. */
export function runNode(root: string, args: readonly string[], timeoutMs?: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
