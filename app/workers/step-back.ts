import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Lets this thread, and the pool that reads and decodes files, stand back behind what the user looks at: on two busy
 * cores a page that had 3 ms of work waited 150 ms for its turn. Only Linux knows priorities of threads.
 */
export function stepBack(): void {
  if (process.platform !== 'linux') return;
  const own = basename(readlinkSync('/proc/thread-self'));
  const pool = readdirSync('/proc/self/task').filter((thread) => nameOf(thread) === 'libuv-worker');
  for (const thread of [own, ...pool]) setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
}

function nameOf(thread: string): string {
  try {
    return readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim();
  } catch {
    // It has ended since.
    return '';
  }
}
