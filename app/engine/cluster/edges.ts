import type { NeighbourGraph } from '../vector/neighbour-graph.ts';

/**
 * An undirected graph in rows: the edges of node i are `targets[offsets[i]] … targets[offsets[i + 1] − 1]`,
 * nearest first (ties: lower node first), with their L2 `distances`. Every edge is there from both ends, no node
 * is joined to itself.
 */
export interface Edges {
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly distances: Float32Array;
}

/** The pairs of `nodes` (slots) of which one is in the other's list and that lie within `radius`. */
export function edgesWithin(graph: NeighbourGraph, nodes: Int32Array, radius: number): Edges {
  const { k, slots, distances } = graph;
  const nodeOf = new Map<number, number>();
  for (const [node, slot] of nodes.entries()) nodeOf.set(slot, node);
  const pairs: number[] = [];
  const pairDistances: number[] = [];
  for (const [node, slot] of nodes.entries()) {
    for (let at = slot * k; at < (slot + 1) * k && (distances[at] ?? Infinity) <= radius; at++) {
      const other = nodeOf.get(slots[at] ?? -1);
      if (other === undefined) continue;
      const mutual = lists(graph, slots[at] ?? -1, slot);
      // Seen from both ends: taken once, from the lower.
      if (mutual && other < node) continue;
      pairs.push(node, other);
      pairDistances.push(distances[at] ?? 0);
    }
  }
  return edgesOfPairs(nodes.length, pairs, pairDistances);
}

function lists(graph: NeighbourGraph, slot: number, other: number): boolean {
  for (let at = slot * graph.k; at < (slot + 1) * graph.k; at++) if (graph.slots[at] === other) return true;
  return false;
}

/** Edges from pairs (a, b, a, b, …), each given once. */
export function edgesOfPairs(count: number, pairs: ArrayLike<number>, pairDistances: ArrayLike<number>): Edges {
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i < pairs.length; i++) {
    const after = (pairs[i] ?? 0) + 1;
    offsets[after] = (offsets[after] ?? 0) + 1;
  }
  for (let i = 0; i < count; i++) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const targets = new Int32Array(pairs.length);
  const distances = new Float32Array(pairs.length);
  const next = offsets.slice(0, count);
  // In order of distance every row fills up in order.
  const order = Uint32Array.from({ length: pairDistances.length }, (_, i) => i);
  order.sort(
    (p, q) =>
      (pairDistances[p] ?? 0) - (pairDistances[q] ?? 0) ||
      (pairs[2 * p] ?? 0) - (pairs[2 * q] ?? 0) ||
      (pairs[2 * p + 1] ?? 0) - (pairs[2 * q + 1] ?? 0),
  );
  for (const pair of order) {
    for (const end of [0, 1]) {
      const from = pairs[2 * pair + end] ?? 0;
      const at = next[from] ?? 0;
      next[from] = at + 1;
      targets[at] = pairs[2 * pair + 1 - end] ?? 0;
      distances[at] = pairDistances[pair] ?? 0;
    }
  }
  return { offsets, targets, distances };
}
