import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface ServedLibrary {
  /** With the one-time token. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Ctrl-C, and wait for the end. */
  stop(): Promise<void>;
}

/** Starts `familiar serve` on a library, as a user would. */
export async function serveLibrary(dir: string): Promise<ServedLibrary> {
  const args = [join(root, 'app/cli/familiar.ts'), 'serve', '--json', '--library', dir];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.trimEnd().endsWith('}')) break;
  }
  const { url } = JSON.parse(text) as { url: string };
  return {
    url,
    process: child,
    stop: async () => {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
