import { spawn } from 'node:child_process';

interface CommandOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** After this many seconds the command and what it started are ended. */
  readonly limitSeconds?: number;
}

/**
 * Runs a command to its end and gives its standard output.
 * @throws {Error} with the last lines it printed, where it is not found, fails or takes too long
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that a time limit also reaches what the command started.
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, detached: true });
    let output = '';
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      printed += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      },
      1000 * (options.limitSeconds ?? 3600),
    );
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} could not be started: ${error.message}`, { cause: error }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const outcome = late ? 'took too long' : `ended with code ${code ?? 'none'}`;
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${outcome}. It said: ${lastLines(printed)}`));
    });
  });
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-6).join('\n') || 'nothing';
}
