import { dotProduct } from '../vector/distance.ts';
import type { ConstrainedGroups } from './constraints.ts';
import type { Edges } from './edges.ts';
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
 * Distances on the heap are old ones. The mean between A∪B and C lies between those of A and of B to C, so an
 * old distance is never too large, and working it out again when its turn comes keeps the order right.
 */
export function linkByAverage(input: LinkageInput, groups: ConstrainedGroups): void {
  const { nodes, edges, reach, acceptance, vectorOf } = input;
  const inside = new Set(nodes);
  const heap = createPairHeap();
  for (const node of nodes) {
    for (let at = edges.offsets[node] ?? 0; at < (edges.offsets[node + 1] ?? 0); at++) {
      const other = edges.targets[at] ?? 0;
      const distance = edges.distances[at] ?? Infinity;
      if (distance > reach || distance > acceptance) break;
      if (node < other && inside.has(other)) heap.push(distance, node, other);
    }
  }

  const count = edges.offsets.length;
  /** Joint size of two groups when their pair was pushed last. */
  const waiting = new Map<number, number>();
  const sums = new Map<number, Float32Array>();
  const sumOf = (root: number): Float32Array => sums.get(root) ?? vectorOf(root);
  for (let pair = heap.pop(); pair; pair = heap.pop()) {
    const a = groups.root(pair.a);
    const b = groups.root(pair.b);
    if (a === b) continue;
    if (a !== pair.a || b !== pair.b || sums.has(a) || sums.has(b)) {
      const distance = meanDistance(sumOf(a), groups.size(a), sumOf(b), groups.size(b));
      if (distance > acceptance) continue;
      // Rounding must not make a pair chase itself.
      if (distance > pair.distance + 1e-6) {
        // Many edges join two groups; one of them stands for all while neither group grows.
        const [low, high] = a < b ? [a, b] : [b, a];
        const key = low * count + high;
        const size = groups.size(a) + groups.size(b);
        if (waiting.get(key) !== size) heap.push(distance, low, high);
        waiting.set(key, size);
        continue;
      }
    }
    if (!groups.mayJoin(a, b)) continue;
    const sum = added(sumOf(a), sumOf(b));
    sums.delete(a);
    sums.delete(b);
    sums.set(groups.join(a, b), sum);
  }
}

function meanDistance(sumA: Float32Array, sizeA: number, sumB: Float32Array, sizeB: number): number {
  return Math.sqrt(Math.max(0, 2 - (2 * dotProduct(sumA, sumB)) / (sizeA * sizeB)));
}

function added(a: Float32Array, b: Float32Array): Float32Array {
  const sum = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = (a[i] ?? 0) + (b[i] ?? 0);
  return sum;
}
