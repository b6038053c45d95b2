import { growTo } from '../vector/kernel-memory.ts';
import { createRowKernel } from '../vector/row-kernel.ts';

/** The sum of the vectors of every group of several; of a group of one it is the vector of its only member. */
export interface GroupSums {
  /** The dot product of the sums of two groups. */
  product(a: number, b: number): number;
  /** Group `into` takes over `from`, which is no group any more. */
  join(into: number, from: number): void;
}

/**
 * Sums lie in a WebAssembly memory, because to multiply them is much of the work of linkage. A single face is copied there
 * when it is first asked for.
 * @param count groups, numbered by their only members at first
 * @param vectorOf vector of a member
 */
export function createGroupSums(count: number, vectorOf: (node: number) => Float32Array): GroupSums {
  const kernel = createRowKernel();
  const bytes = 16 * Math.ceil((count > 0 ? vectorOf(0).length : 0) / 4);
  /** Byte at which the row of a group begins; 0 for those without, so no row begins there. */
  const rowOf = new Uint32Array(count);
  const free: number[] = [];
  let used = bytes;
  let numbers = growTo(kernel.memory, used);

  const newRow = (): number => {
    const freed = free.pop();
    if (freed !== undefined) return freed;
    if (used + bytes > numbers.byteLength) numbers = growTo(kernel.memory, used + bytes);
    used += bytes;
    return used - bytes;
  };
  const located = (group: number): number => {
    const row = rowOf[group] ?? 0;
    if (row !== 0) return row;
    const copy = newRow();
    numbers.fill(0, copy / 4, (copy + bytes) / 4);
    numbers.set(vectorOf(group), copy / 4);
    rowOf[group] = copy;
    return copy;
  };

  return {
    product: (a, b) => kernel.dot(located(a), located(b), bytes),
    join: (into, from) => {
      const freed = located(from);
      kernel.add(located(into), freed, bytes);
      free.push(freed);
      rowOf[from] = 0;
    },
  };
}
