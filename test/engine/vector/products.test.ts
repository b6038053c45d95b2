import { expect, it } from 'vitest';

import { multiply } from '../../../app/engine/vector/products.ts';
import { createRandom } from '../../factories/library.ts';

it('products of rows are the same, to the last digit, however many rows come at once', async () => {
  const [width, count] = [512, 20];
  const random = createRandom(1);
  const made = (rows: number): Float32Array => Float32Array.from({ length: rows * width }, () => random() - 0.5);
  const [a, b] = [made(count), made(30)];
  const together = new Float32Array(count * 30);
  await multiply({ values: a, rows: count }, { values: b, rows: 30 }, width, together);
  for (const rows of [1, 2, 7]) {
    const some = new Float32Array(rows * 30);
    await multiply({ values: a, rows }, { values: b, rows: 30 }, width, some);
    expect(some).toEqual(together.subarray(0, rows * 30));
  }
});
