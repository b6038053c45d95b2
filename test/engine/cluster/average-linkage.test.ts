import { describe, expect, it } from 'vitest';

import { linkageSteps, linkByAverage } from '../../../app/engine/cluster/average-linkage.ts';
import { createGroups } from '../../../app/engine/cluster/constraints.ts';
import { edgesOfPairs } from '../../../app/engine/cluster/edges.ts';
import { createIdentities } from '../../factories/identities.ts';

const dimensions = 8;

function squared(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}

/** The textbook: of all pairs of groups the nearest by root mean square distance, over and over. */
function naive(vectors: readonly Float32Array[], acceptance: number): number[][] {
  const groups = vectors.map((_, i) => [i]);
  const distance = (a: readonly number[], b: readonly number[]): number => {
    let sum = 0;
    for (const i of a) for (const j of b) sum += squared(vectors[i]!, vectors[j]!);
    return Math.sqrt(sum / (a.length * b.length));
  };
  for (;;) {
    let best = { distance: acceptance, a: -1, b: -1 };
    for (let a = 0; a < groups.length; a++) {
      for (let b = a + 1; b < groups.length; b++) {
        const found = distance(groups[a]!, groups[b]!);
        if (found < best.distance) best = { distance: found, a, b };
      }
    }
    if (best.a < 0) return groups;
    groups[best.a]!.push(...groups[best.b]!);
    groups.splice(best.b, 1);
  }
}

describe('average linkage', () => {
  it('joins as the textbook does, where every pair is an edge', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const identities = createIdentities(seed, dimensions, 0.9);
      const vectors = Array.from({ length: 40 }, (_, i) => identities.face(i % 6));
      const pairs: number[] = [];
      const distances: number[] = [];
      for (let a = 0; a < 40; a++) {
        for (let b = a + 1; b < 40; b++) {
          pairs.push(a, b);
          distances.push(Math.sqrt(squared(vectors[a]!, vectors[b]!)));
        }
      }
      const groups = createGroups({ person: new Int32Array(40), rejected: new Map(), apart: new Map() });
      const clusters = new Int32Array(40);
      const edges = edgesOfPairs(pairs, distances);
      linkByAverage({ edges, clusters, reach: 2, acceptance: 1, vectorOf: (node) => vectors[node]! }, groups);
      for (const group of naive(vectors, 1)) {
        expect([...groups.members(groups.root(group[0]!))].sort((a, b) => a - b)).toEqual(group.sort((a, b) => a - b));
      }
    }
  });

  it('rests within one large cluster, and groups alike whoever has a turn there', () => {
    const identities = createIdentities(1, dimensions, 0.9);
    const vectors = Array.from({ length: 60 }, (_, i) => identities.face(i % 6));
    const nodes = [...vectors.keys()];
    const pairs = nodes.flatMap((a) => nodes.slice(a + 1).flatMap((b) => [a, b]));
    const distances = Array.from({ length: pairs.length / 2 }, (_, at) =>
      Math.sqrt(squared(vectors[pairs[2 * at]!]!, vectors[pairs[2 * at + 1]!]!)),
    );
    const input = {
      clusters: new Int32Array(60),
      edges: edgesOfPairs(pairs, distances),
      reach: 2,
      acceptance: 1,
      vectorOf: (node: number) => vectors[node]!,
    };
    const none = { person: new Int32Array(60), rejected: new Map(), apart: new Map() };
    const [whole, rested] = [createGroups(none), createGroups(none)];
    linkByAverage(input, whole);
    expect([...linkageSteps(input, rested)].length).toBeGreaterThan(1);
    for (const node of nodes) expect(rested.root(node)).toBe(whole.root(node));
  });
});
