import fc from 'fast-check';
import { expect, it } from 'vitest';

import { orderByDistance } from '../../../app/engine/cluster/order-by-distance.ts';

it('puts the nearest first and leaves equals in the order they came in', () => {
  const distance = fc.oneof(fc.float({ min: 0, noNaN: true }), fc.constantFrom(0, 0.5, 1));
  fc.assert(
    fc.property(fc.array(distance), (given) => {
      const distances = Float32Array.from(given);
      const sorted = [...distances.keys()].sort((p, q) =>
        distances[p] === distances[q] ? p - q : distances[p]! - distances[q]!,
      );
      expect([...orderByDistance(distances)]).toEqual(sorted);
    }),
  );
});
