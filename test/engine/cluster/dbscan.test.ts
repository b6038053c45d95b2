import { describe, expect, it } from 'vitest';

import { dbscan } from '../../../app/engine/cluster/dbscan.ts';
import { edgesOfPairs } from '../../../app/engine/cluster/edges.ts';
import { createRandom } from '../../factories/library.ts';

/** All pairs of points in the plane. */
function allEdges(points: readonly (readonly [number, number])[]) {
  const pairs: number[] = [];
  const distances: number[] = [];
  for (let a = 0; a < points.length; a++) {
    for (let b = a + 1; b < points.length; b++) {
      pairs.push(a, b);
      distances.push(Math.fround(Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1])));
    }
  }
  return edgesOfPairs(pairs, distances);
}

const everyone = (count: number): Uint8Array => new Uint8Array(count).fill(1);

/** The twelve points and labels of sklearn.cluster.DBSCAN(eps=1.0, min_samples=3), worked out by hand as well. */
const points = [
  [0, 0],
  [0.5, 0],
  [1, 0],
  [1.9, 0],
  [5, 5],
  [5.5, 5],
  [5, 5.6],
  [9, 9],
  [9.5, 9],
  [20, 20],
  [5.9, 5],
  [1, 0.9],
] as const;
const expected = [0, 0, 0, 0, 1, 1, 1, -1, -1, -1, 1, 0];

describe('dbscan', () => {
  it("gives scikit-learn's labels", () => {
    const { labels } = dbscan({ edges: allEdges(points), eps: 1, minSamples: 3, eligible: everyone(points.length) });
    expect([...labels]).toEqual(expected);
  });

  it('at two samples is the connected components of the graph', () => {
    const random = createRandom(3);
    const cloud = Array.from({ length: 200 }, () => [random() * 10, random() * 10] as const);
    const { labels } = dbscan({ edges: allEdges(cloud), eps: 0.6, minSamples: 2, eligible: everyone(200) });
    const component = Array.from({ length: 200 }, (_, i) => i);
    const top = (i: number): number => (component[i] === i ? i : top(component[i]!));
    for (let a = 0; a < 200; a++) {
      for (let b = 0; b < a; b++) {
        if (Math.fround(Math.hypot(cloud[a]![0] - cloud[b]![0], cloud[a]![1] - cloud[b]![1])) <= 0.6)
          component[top(a)] = top(b);
      }
    }
    for (let a = 0; a < 200; a++) {
      const alone = cloud.every((_, b) => b === a || top(a) !== top(b));
      expect(labels[a] === -1).toBe(alone);
      for (let b = 0; b < a; b++) if (!alone) expect(labels[a] === labels[b]).toBe(top(a) === top(b));
    }
  });

  it('lets a poor face join a group but never bridge two', () => {
    // Two pairs and a blurred face between them that is near to both.
    const line = [
      [0, 0],
      [0.5, 0],
      [1.4, 0],
      [2.2, 0],
      [2.7, 0],
    ] as const;
    const edges = allEdges(line);
    const bridged = dbscan({ edges, eps: 1, minSamples: 2, eligible: everyone(5) });
    expect([...bridged.labels]).toEqual([0, 0, 0, 0, 0]);
    const gated = dbscan({ edges, eps: 1, minSamples: 2, eligible: Uint8Array.of(1, 1, 0, 1, 1) });
    expect([...gated.labels]).toEqual([0, 0, 0, 1, 1]);
  });

  it('calls everything noise where nothing may be core', () => {
    const { labels } = dbscan({ edges: allEdges(points), eps: 1, minSamples: 2, eligible: new Uint8Array(12) });
    expect(new Set(labels)).toEqual(new Set([-1]));
  });
});
