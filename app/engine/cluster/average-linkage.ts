import { dotProduct } from '../vector/distance.ts';
import type { ConstrainedGroups } from './constraints.ts';
import type { Edges } from './edges.ts';
import { orderByDistance } from './order-by-distance.ts';
import { createPairHeap } from './pair-heap.ts';

export interface LinkageInput {
  /** Nodes to group. */
  readonly nodes: readonly number[];
  readonly edges: Edges;
  /** Only edges up to here lead from one group to another. */
  readonly reach: number;
  /** Widest average distance at which two groups become one. */
  readonly acceptance: number;
  /** Unit vector of a node. */
  readonly vectorOf: (node: number) => Float32Array;
}

/**
 * Average linkage along the edges of a graph: again and again the two nearest joined groups become one, while
 * the root mean square distance between their members is within acceptance and the facts allow it. Because
 * vectors have norm 1, that mean is 2 − 2·(ΣA·ΣB)/(|A|·|B|): a sum per group is all it takes, at any size.
 *
 * Edges come in the order of their length, and pairs of groups that turn out to be further apart wait for their
 * turn. Both are old distances. The mean between A∪B and C lies between those of A and of B to C, so an old
 * distance is never too large, and working it out again when its turn comes keeps the order right.
 */
export function linkByAverage(input: LinkageInput, groups: ConstrainedGroups): void {
  const { acceptance, vectorOf } = input;
  const near = nearEdges(input);
  const order = orderByDistance(near.distances);
  const count = input.edges.offsets.length;
  const waiting = createPairHeap();
  /** Joint size of two groups when they were measured last: as long as neither grows, all their edges say the same. */
  const measured = new Map<number, number>();
  const sums = new Map<number, Float32Array>();
  const sumOf = (root: number): Float32Array => sums.get(root) ?? vectorOf(root);

  const join = (a: number, b: number): void => {
    if (!groups.mayJoin(a, b)) return;
    const sum = sums.get(a) ?? vectorOf(a).slice();
    add(sum, sumOf(b));
    sums.delete(b);
    sums.delete(a);
    sums.set(groups.join(a, b), sum);
  };
  const take = (first: number, second: number, distance: number, isEdge: boolean): void => {
    const [a, b] = [groups.root(first), groups.root(second)];
    if (a === b) return;
    const size = groups.size(a) + groups.size(b);
    if (size === 2) {
      join(a, b);
      return;
    }
    const key = Math.min(a, b) * count + Math.max(a, b);
    const isKnown = measured.get(key) === size;
    if (isKnown && isEdge) return;
    const now = meanDistance(sumOf(a), groups.size(a), sumOf(b), groups.size(b));
    if (!isKnown) measured.set(key, size);
    if (now > acceptance) return;
    // Rounding must not make a pair chase itself.
    if (now <= distance + 1e-6) join(a, b);
    else if (!isKnown) waiting.push(now, Math.min(a, b), Math.max(a, b));
  };

  const takeWaiting = (before: number): void => {
    while (waiting.nearest < before) {
      const pair = waiting.pop();
      if (pair) take(pair.a, pair.b, pair.distance, false);
    }
  };
  for (let next = 0; next < order.length; next++) {
    const at = order[next] ?? 0;
    const distance = near.distances[at] ?? Infinity;
    takeWaiting(distance);
    take(near.ends[2 * at] ?? 0, near.ends[2 * at + 1] ?? 0, distance, true);
  }
  takeWaiting(Infinity);
}

/** The edges that may lead from one group to another, each once: its ends (a, b, a, b, …) and its length. */
function nearEdges({ nodes, edges, reach, acceptance }: LinkageInput): { ends: Int32Array; distances: Float32Array } {
  const { offsets, targets } = edges;
  const longest = Math.min(reach, acceptance);
  const inside = new Set(nodes);
  let room = 0;
  for (const node of nodes) room += (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
  const ends = new Int32Array(room);
  const distances = new Float32Array(room >> 1);
  let count = 0;
  for (const node of nodes) {
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at++) {
      const [other, distance] = [targets[at] ?? 0, edges.distances[at] ?? Infinity];
      if (distance > longest) break;
      if (node >= other || !inside.has(other)) continue;
      ends[2 * count] = node;
      ends[2 * count + 1] = other;
      distances[count++] = distance;
    }
  }
  return { ends, distances: distances.subarray(0, count) };
}

function meanDistance(sumA: Float32Array, sizeA: number, sumB: Float32Array, sizeB: number): number {
  return Math.sqrt(Math.max(0, 2 - (2 * dotProduct(sumA, sumB)) / (sizeA * sizeB)));
}

function add(sum: Float32Array, other: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (other[i] ?? 0);
}
