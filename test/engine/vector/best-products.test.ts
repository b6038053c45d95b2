import { describe, expect, it } from 'vitest';

import { createBestProducts } from '../../../app/engine/vector/best-products.ts';
import { createRandom } from '../../factories/library.ts';

describe('best products', () => {
  it('tell for each question what at least k of those seen reach', () => {
    const random = createRandom(1);
    const best = createBestProducts(2, 10);
    const seen: number[] = [];
    for (let i = 0; i < 500; i++) {
      const product = 2 * random() - 1;
      seen.push(product);
      best.see(1, product);
      const tenth = seen.toSorted((a, b) => b - a)[9] ?? -1;
      expect(best.least[1]).toBeLessThanOrEqual(tenth);
      expect(best.least[1]).toBeGreaterThan(tenth - 0.001);
    }
    expect(best.least[0]).toBe(-1);
  });

  it('take products beyond 1 and −1 for these', () => {
    const best = createBestProducts(1, 2);
    for (const product of [-1.1, 1.1, 1.2]) best.see(0, product);
    expect(best.least[0]).toBeCloseTo(0.999, 3);
  });
});
