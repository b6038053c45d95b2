import { openKernel, type KernelMemory } from './kernel-memory.ts';
import { kernels } from './kernels.ts';

/** Work on rows of float32 in one memory. Rows begin at a byte and are `bytes` long, a multiple of 16 above 0. */
export interface RowKernel {
  readonly memory: KernelMemory;
  /** The dot product of two rows in float64: to the last digit what `dotProduct` gives, in less than half the time. */
  dot(one: number, other: number, bytes: number): number;
  /** Adds a row to `sum`. */
  add(sum: number, row: number, bytes: number): void;
}

/** A kernel with a memory of its own, of one page. Its source: resources/kernels/rows.ts. */
export function createRowKernel(): RowKernel {
  const { memory, functions } = openKernel(kernels.rows);
  return { memory, ...(functions as Pick<RowKernel, 'dot' | 'add'>) };
}
