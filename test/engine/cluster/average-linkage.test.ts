import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { linkageSteps, linkByAverage } from '../../../app/engine/cluster/average-linkage.ts';
import { createGroups } from '../../../app/engine/cluster/constraints.ts';
import { edgesOfPairs } from '../../../app/engine/cluster/edges.ts';
import { createIdentities } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

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

  it('groups alike in blocks of any size, whatever the facts forbid', () => {
    const count = 60;
    const node = fc.nat(count - 1);
    const pairs = fc.array(fc.tuple(node, node), { maxLength: 12 });
    const told = fc.record({ apart: pairs, labels: pairs, seed: fc.nat(10_000), share: fc.constantFrom(0.1, 0.3, 1) });
    fc.assert(
      fc.property(told, ({ apart, labels, seed, share }) => {
        const identities = createIdentities(seed, dimensions, 0.9);
        // Some are copies of others, so that some distances are the same.
        const faces = Array.from({ length: count }, (_, i) => identities.face(i % 6));
        const vectors = faces.map((face, i) => (i % 5 === 0 ? (faces[i >> 1] ?? face) : face));
        const random = createRandom(seed);
        const ends: number[] = [];
        for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) if (random() < share) ends.push(a, b);
        const distances = Array.from({ length: ends.length / 2 }, (_, at) =>
          Math.sqrt(squared(vectors[ends[2 * at]!]!, vectors[ends[2 * at + 1]!]!)),
        );
        const input = {
          clusters: Int32Array.from(vectors, (_, i) => (i % 10 === 9 ? -1 : 0)),
          edges: edgesOfPairs(ends, distances),
          reach: 1.3,
          acceptance: 1.1,
          vectorOf: (at: number) => vectors[at]!,
        };
        const person = new Int32Array(count);
        for (const [at, who] of labels) person[at] = who % 3;
        const facts = {
          person,
          rejected: new Map(),
          apart: new Map(apart.flatMap(([a, b]) => [[a, [b]] as const, [b, [a]] as const])),
        };
        const inBlocksOf = (most: number): number[] => {
          const groups = createGroups(facts);
          const steps = linkageSteps(input, groups, most);
          while (!steps.next().done);
          return vectors.map((_, at) => groups.root(at));
        };
        const whole = inBlocksOf(count);
        for (const most of [1, 3, 8, 20]) expect(inBlocksOf(most)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });
});
