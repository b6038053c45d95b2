import { expect, it } from 'vitest';

import { dotProduct } from '../../../app/engine/vector/distance.ts';
import { createGatheredRows } from '../../../app/engine/vector/gathered-rows.ts';
import { createVectorRows } from '../../../app/engine/vector/vector-store.ts';
import { createRandom } from '../../factories/library.ts';

it('multiplies the rows that were taken, as they are now, however many', () => {
  const random = createRandom(1);
  const table = createVectorRows(128);
  table.grow(5000);
  for (let row = 0; row < 5000; row++) table.at(row).set(Float32Array.from({ length: 128 }, () => random() - 0.5));
  const rows = createGatheredRows(table);
  // More than the memory holds at first, some of them twice.
  for (let row = 4999; row >= 0; row -= 3) rows.take(row);
  for (let row = 4999; row >= 0; row -= 6) rows.take(row);
  for (const [one, other] of [[4999, 1] as const, [1, 4999] as const, [2500, 2500] as const, [4, 3001] as const]) {
    expect(rows.product(one, other)).toBe(dotProduct(table.at(one), table.at(other)));
  }
  rows.clear();
  table.at(1).fill(0.5);
  rows.take(1);
  rows.take(0);
  expect(rows.product(0, 1)).toBe(dotProduct(table.at(0), table.at(1)));
});
