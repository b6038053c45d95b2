import fc from 'fast-check';
import { expect, it } from 'vitest';

import { edgesOfPairs, type Edges } from '../../../app/engine/cluster/edges.ts';
import { linkageBlocks } from '../../../app/engine/cluster/linkage-blocks.ts';

const nodes = 20;
const edge = fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.nat(9)).filter(([a, b]) => a !== b);

function listed({ ends, distances }: Edges): string[] {
  return Array.from(distances, (distance, at) => `${distance} ${ends[2 * at]} ${ends[2 * at + 1]}`);
}

it('keeps blocks small and apart from each other until their distance, and loses no edge', () => {
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 120 }), fc.integer({ min: 1, max: nodes }), (list, most) => {
      // A distance belongs to a pair.
      const once = new Map(list.map(([a, b, distance]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, { a, b, distance }]));
      const pairs = [...once.values()];
      const edges = edgesOfPairs(
        pairs.flatMap(({ a, b }) => [a, b]),
        pairs.map(({ distance }) => distance),
      );
      const { blocks, rest } = linkageBlocks(edges, nodes, most);
      const all = [...blocks.flatMap((block) => listed(block.edges)), ...listed(rest)];
      expect(all.toSorted()).toEqual(listed(edges).toSorted());
      expect(listed(rest)).toEqual(listed(edges).filter((one) => listed(rest).includes(one)));
      const taken = new Set<number>();
      for (const { edges: own, until } of blocks) {
        const members = new Set(own.ends);
        expect(members.size).toBeLessThanOrEqual(most);
        expect([...members].some((member) => taken.has(member))).toBe(false);
        for (const member of members) taken.add(member);
        expect(listed(own)).toEqual(listed(edges).filter((one) => listed(own).includes(one)));
        expect(Math.max(...own.distances)).toBeLessThan(until);
        for (const { a, b, distance } of pairs) {
          if (members.has(a) !== members.has(b)) expect(distance).toBeGreaterThanOrEqual(until);
        }
      }
    }),
  );
});
