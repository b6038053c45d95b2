import { describe, expect, it } from 'vitest';

import { dotProduct } from '../../../app/engine/vector/distance.ts';
import { createRowKernel } from '../../../app/engine/vector/row-kernel.ts';
import { createRandom } from '../../factories/library.ts';

/** Two rows one after the other in the memory of a kernel, from byte 64. */
function rowsOf(length: number) {
  const random = createRandom(length);
  const kernel = createRowKernel();
  const rows = new Float32Array(kernel.memory.buffer, 64, 2 * length);
  for (let i = 0; i < rows.length; i++) rows[i] = random() - 0.5;
  return { kernel, one: rows.subarray(0, length), other: rows.subarray(length) };
}

describe('a kernel for rows', () => {
  it.each([4, 8, 128, 512])('multiplies rows of %d as the loop does, to the last digit', (length) => {
    const { kernel, one, other } = rowsOf(length);
    expect(kernel.dot(64, 64 + 4 * length, 4 * length)).toBe(dotProduct(one, other));
  });

  it('adds a row to another and leaves that one as it is', () => {
    const { kernel, one, other } = rowsOf(128);
    const [sum, former] = [one.map((value, i) => value + other[i]!), other.slice()];
    kernel.add(64, 64 + 512, 512);
    expect(one).toEqual(sum);
    expect(other).toEqual(former);
  });

  it('keeps its rows while its memory grows', () => {
    const { kernel, one } = rowsOf(8);
    const square = dotProduct(one, one);
    kernel.memory.grow(4);
    expect(kernel.dot(64, 64, 32)).toBe(square);
    expect(new Float32Array(kernel.memory.buffer, 5 * 65_536 - 4)).toHaveLength(1);
  });
});
