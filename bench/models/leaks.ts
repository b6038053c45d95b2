import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { table } from './table.ts';

/** What a process tells that has run batches: see run-batches.ts. */
export interface Memory {
  readonly batches: number;
  /** MB of the whole process, after a tenth of the batches and at each further tenth. */
  readonly rss: readonly number[];
  /** TensorFlow.js's tensors after the first batch, after the last, and when the models are closed. */
  readonly tensors: readonly [number, number, number] | null;
  /** MB as models are opened and closed over and over: at the first, and after each twenty. */
  readonly sessions: readonly number[];
}

export const leakyBackends = ['ort-cpu', 'tensorflow', 'wasm'] as const;

/** Runs batches of changing size on each runtime, in a process of its own, and looks at the memory. */
export function measureLeaks(batches: number): Promise<string> {
  const rows = leakyBackends.map((backend) => {
    const memory = runBatches(backend, batches);
    if (!memory) return [backend, 'does not load here', '', '', '', ''];
    const { rss, tensors, sessions } = memory;
    const path = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(' → ');
    const picked = [rss[0] ?? 0, rss[rss.length >> 1] ?? 0, rss.at(-1) ?? 0];
    return [
      backend,
      memory.batches.toLocaleString('en'),
      path(picked),
      (Math.max(...rss) - Math.min(...rss)).toFixed(0),
      tensors ? path(tensors) : '–',
      path(sessions),
    ];
  });
  const head = [
    'runtime',
    'batches',
    'MB after a tenth → half → all',
    'widest, MB',
    'tensors after the first → last → closed',
    'MB at session 1 → 20 → 40 → 60',
  ];
  return Promise.resolve(table(head, rows));
}

/**
 * Null where the runtime does not load. The space for young objects is as small as the model thread's: it grows in steps
 * for as long as a program runs, which would look like a leak.
 */
export function runBatches(backend: string, batches: number): Memory | null {
  const script = join(import.meta.dirname, 'run-batches.ts');
  const flags = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--max-semi-space-size=4'];
  const args = [...flags, script, backend, String(batches)];
  const said = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(said.split('\n').findLast((line) => line.trim() !== '') ?? 'null') as Memory | null;
}
