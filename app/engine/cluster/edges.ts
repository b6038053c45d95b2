import { settings } from '../settings.ts';
import type { ComparedFaces } from '../vector/compared-faces.ts';
import { sortRow } from '../vector/sort-row.ts';
import { distanceBetween } from '../vector/vector-store.ts';

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

/**
 * The pairs of `nodes` (slots) of which one is among the nearest of the other and that lie within `radius`, and those of
 * `more` (nodes: a, b, a, b, …), which may be among them.
 */
export function edgesWithin(
  { store, graph }: ComparedFaces,
  nodes: Int32Array,
  radius: number,
  more: readonly number[] = [],
): Edges {
  const nodeOf = new Int32Array(store.size).fill(-1);
  for (const [node, slot] of nodes.entries()) nodeOf[slot] = node;
  const most = Math.min(settings.index.edges, graph.k);
  const room = nodes.length * most + more.length / 2;
  const pairs = new Int32Array(2 * room);
  const pairDistances = new Float32Array(room);
  let count = 0;
  const take = (node: number, other: number, distance: number): void => {
    pairs[2 * count] = node;
    pairs[2 * count + 1] = other;
    pairDistances[count++] = distance;
  };
  for (const [node, slot] of nodes.entries()) {
    const list = graph.slots.at(slot);
    const distances = graph.distances.at(slot);
    for (let at = 0; at < most && (distances[at] ?? Infinity) <= radius; at++) {
      const [near, distance] = [list[at] ?? -1, distances[at] ?? Infinity];
      const other = nodeOf[near] ?? -1;
      // A pair that is seen from both ends counts from the lower.
      if (other < 0 || (other < node && graph.lists(near, slot, distance, most))) continue;
      take(node, other, distance);
    }
  }
  for (let at = 0; at < more.length; at += 2) {
    const [a, b] = [nodes[more[at] ?? 0] ?? 0, nodes[more[at + 1] ?? 0] ?? 0];
    // As the lists have it.
    const distance = Math.fround(distanceBetween(store, a, b));
    if (!graph.lists(a, b, distance, most) && !graph.lists(b, a, distance, most)) {
      take(more[at] ?? 0, more[at + 1] ?? 0, distance);
    }
  }
  return edgesOfPairs(nodes.length, pairs.subarray(0, 2 * count), pairDistances.subarray(0, count));
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
  for (let i = 0; i < pairs.length; i++) {
    const from = pairs[i] ?? 0;
    const at = next[from] ?? 0;
    next[from] = at + 1;
    targets[at] = pairs[i ^ 1] ?? 0;
    distances[at] = pairDistances[i >> 1] ?? 0;
  }
  for (let node = 0; node < count; node++) sortRow(targets, distances, offsets[node] ?? 0, offsets[node + 1] ?? 0);
  return { offsets, targets, distances };
}
