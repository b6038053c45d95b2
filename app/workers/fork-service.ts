import { fork } from 'node:child_process';

import type { SpawnedWorker } from './spawned-worker.ts';

/** Characters of its last words that are kept. */
const lastWords = 2000;

/**
 * Runs a service in a process of its own, so that one that aborts takes nothing along. It is ended at once by
 * `close`, whatever it does. Under Electron the process is a plain Node.
 */
export function forkService(entry: URL): SpawnedWorker {
  const child = fork(entry, {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Structured clones, as between threads: typed arrays arrive as what they were.
    serialization: 'advanced',
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-lastWords)));
  let closing = false;
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    port: {
      // What cannot be sent any more is answered by `onDeath`.
      postMessage: (message) => void child.send(message as object, () => undefined),
      on: (event, listener) => child.on(event, listener),
      off: (event, listener) => child.off(event, listener),
    },
    onDeath: (listener) => {
      const die = (reason: string): void => {
        if (!closing) listener(reason);
      };
      child.once('error', (error) => die(error.message));
      child.once('close', (code, signal) => die(reasonOf(code, signal, said)));
    },
    close: async () => {
      closing = true;
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function reasonOf(code: number | null, signal: NodeJS.Signals | null, said: string): string {
  // Windows tells a crash by a code such as 0xC0000005.
  const how = signal ?? `code ${code !== null && code > 255 ? `0x${code.toString(16).toUpperCase()}` : code}`;
  const last = said.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return `the process ended with ${how}${last === '' ? '' : ` (${last})`}`;
}
