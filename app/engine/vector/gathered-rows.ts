import { growTo } from './kernel-memory.ts';
import { createRowKernel } from './row-kernel.ts';
import type { Rows } from './rows.ts';

/**
 * Copies of some rows of a table side by side: whoever multiplies many pairs of them does not wait for the memory at every
 * one.
 */
export interface GatheredRows {
  /** Copies a row, unless it is there. */
  take(row: number): void;
  /** The dot product of two rows that were taken, in float64. */
  product(one: number, other: number): number;
  /** Forgets all rows. */
  clear(): void;
}

export function createGatheredRows(table: Rows<Float32Array<ArrayBuffer>>): GatheredRows {
  const kernel = createRowKernel();
  const bytes = 16 * Math.ceil(table.width / 4);
  let numbers = growTo(kernel.memory, bytes);
  /** The row that each copy is of, and one more than the copy of each row, 0 where there is none. */
  const taken: number[] = [];
  let copyOf = new Int32Array(1024);

  return {
    take: (row) => {
      if (row >= copyOf.length) {
        const longer = new Int32Array(2 * row);
        longer.set(copyOf);
        copyOf = longer;
      }
      if (copyOf[row] !== 0) return;
      const from = taken.length * bytes;
      if (from + bytes > numbers.byteLength) numbers = growTo(kernel.memory, from + bytes);
      numbers.set(table.at(row), from / 4);
      copyOf[row] = taken.push(row);
    },
    product: (one, other) => kernel.dot(((copyOf[one] ?? 0) - 1) * bytes, ((copyOf[other] ?? 0) - 1) * bytes, bytes),
    clear: () => {
      for (const row of taken) copyOf[row] = 0;
      taken.length = 0;
    },
  };
}
