import { growTo } from '../vector/assemble-module.ts';
import { createRowKernel } from '../vector/row-kernel.ts';

/** The sum of the vectors of every group of several; of a group of one it is the vector of its only member. */
export interface GroupSums {
  /** The dot product of the sums of two groups. */
  product(a: number, b: number): number;
  /** Group `into` takes over `from`, which is no group any more. */
  join(into: number, from: number): void;
}

/**
 * Sums lie in a WebAssembly memory, because to multiply them is most of the work of linkage. Single faces stay where they
 * are and are copied in for each product: so it grows with the groups, not with the faces.
 * @param count groups, numbered by their only members at first
 * @param vectorOf vector of a member
 */
export function createGroupSums(count: number, vectorOf: (node: number) => Float32Array): GroupSums {
  const kernel = createRowKernel();
  const bytes = 16 * Math.ceil((count > 0 ? vectorOf(0).length : 0) / 4);
  /** Byte at which the row of a group begins, 0 for a group of one: the first two rows are for copies. */
  const rowOf = new Uint32Array(count);
  const [firstCopy, secondCopy] = [0, bytes];
  const free: number[] = [];
  let used = 2 * bytes;
  let numbers = growTo(kernel.memory, used);

  const newRow = (): number => {
    const freed = free.pop();
    if (freed !== undefined) return freed;
    if (used + bytes > numbers.byteLength) numbers = growTo(kernel.memory, used + bytes);
    used += bytes;
    return used - bytes;
  };
  const located = (group: number, copy: number): number => {
    const row = rowOf[group] ?? 0;
    if (row !== 0) return row;
    numbers.set(vectorOf(group), copy / 4);
    return copy;
  };

  return {
    product: (a, b) => kernel.dot(located(a, firstCopy), located(b, secondCopy), bytes),
    join: (into, from) => {
      if (rowOf[into] === 0) {
        const row = newRow();
        numbers.fill(0, row / 4, (row + bytes) / 4);
        numbers.set(vectorOf(into), row / 4);
        rowOf[into] = row;
      }
      kernel.add(rowOf[into] ?? 0, located(from, firstCopy), bytes);
      const freed = rowOf[from] ?? 0;
      if (freed !== 0) free.push(freed);
      rowOf[from] = 0;
    },
  };
}
