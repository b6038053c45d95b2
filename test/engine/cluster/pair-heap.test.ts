import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createPairHeap } from '../../../app/engine/cluster/pair-heap.ts';

it('gives pairs back nearest first, ties by number, in whatever order they came', () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(fc.array(pair), (pairs) => {
      const heap = createPairHeap();
      for (const [distance, a, b] of pairs) heap.push(distance, a, b);
      const sorted = pairs.toSorted((p, q) => p[0] - q[0] || p[1] - q[1] || p[2] - q[2]);
      for (const [distance, a, b] of sorted) {
        expect(heap.nearest).toBe(distance);
        expect(heap.pop()).toEqual({ distance, a, b });
      }
      expect(heap.nearest).toBe(Infinity);
      expect(heap.pop()).toBeUndefined();
    }),
  );
});
