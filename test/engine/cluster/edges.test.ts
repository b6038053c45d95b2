import fc from 'fast-check';
import { expect, it } from 'vitest';

import { edgesOfPairs, mergeEdges, type Edges } from '../../../app/engine/cluster/edges.ts';

const pair = fc.tuple(fc.nat(12), fc.nat(12)).filter(([a, b]) => a !== b);
// A distance belongs to a pair, whichever end it is seen from; many pairs share one, as copies of a photo do.
const distanceOf = (a: number, b: number): number => ((a + b) % 3) / 4;

function edgesOf(pairs: readonly (readonly [number, number])[]): Edges {
  return edgesOfPairs(
    pairs.flat(),
    pairs.map(([a, b]) => distanceOf(a, b)),
  );
}

it('are each there once, nearest first, and of equals the lower nodes first', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 300 }), (pairs) => {
      const { ends, distances } = edgesOf(pairs);
      const once = new Map(
        pairs.map(([a, b]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b].sort((p, q) => p - q)]),
      );
      const wanted = [...once.values()].sort(
        ([a = 0, b = 0], [c = 0, d = 0]) => distanceOf(a, b) - distanceOf(c, d) || a - c || b - d,
      );
      expect([...ends]).toEqual(wanted.flat());
      expect([...distances]).toEqual(wanted.map(([a = 0, b = 0]) => distanceOf(a, b)));
    }),
  );
});

it('of two are merged as if they had been sorted together', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), fc.array(pair, { maxLength: 60 }), (some, more) => {
      expect(mergeEdges(edgesOf(some), edgesOf(more))).toEqual(edgesOf([...some, ...more]));
    }),
  );
});
