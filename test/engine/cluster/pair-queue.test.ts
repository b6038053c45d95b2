import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createPairHeap } from '../../../app/engine/cluster/pair-heap.ts';
import { createPairQueue } from '../../../app/engine/cluster/pair-queue.ts';

/** What is pushed, and how far the work has gone then. */
const step = fc.record({
  distance: fc.oneof(fc.double({ min: 0, max: 2.5, noNaN: true }), fc.constantFrom(0, 0.5, 2)),
  a: fc.nat(9),
  b: fc.nat(9),
  limit: fc.double({ min: 0, max: 2.5, noNaN: true }),
});

it('gives the nearest pair below a limit, as one heap of all would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), fc.constantFrom(0, 100, 10_000), (steps, room) => {
      const queue = createPairQueue(room);
      const heap = createPairHeap();
      for (const { distance, a, b, limit } of [...steps, { distance: 1, a: 0, b: 1, limit: Infinity }]) {
        queue.push(distance, a, b);
        heap.push(distance, a, b);
        while (heap.nearest < limit) expect(queue.pop(limit)).toEqual(heap.pop());
        expect(queue.pop(limit)).toBeUndefined();
      }
    }),
  );
});
