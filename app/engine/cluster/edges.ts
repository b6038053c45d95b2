import { settings } from '../settings.ts';
import type { ComparedFaces } from '../vector/compared-faces.ts';
import { distanceBetween } from '../vector/vector-store.ts';
import { orderByDistance } from './order-by-distance.ts';

/** Near pairs of nodes, each once, nearest first; of equals the one with the lower nodes first. */
export interface Edges {
  /** Two nodes an edge, the lower first: a, b, a, b, … */
  readonly ends: Int32Array;
  /** L2, ascending. */
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
  const nodeOf = nodesOfSlots(nodes, store.size);
  const most = Math.min(settings.index.edges, graph.k);
  const room = nodes.length * most + more.length / 2;
  const pairs = new Int32Array(2 * room);
  const lengths = new Float32Array(room);
  let count = 0;
  const take = (node: number, other: number, distance: number): void => {
    pairs[2 * count] = node;
    pairs[2 * count + 1] = other;
    lengths[count++] = distance;
  };
  for (let node = 0; node < nodes.length; node++) {
    const list = graph.slots.at(nodes[node] ?? 0);
    const distances = graph.distances.at(nodes[node] ?? 0);
    for (let at = 0; at < most; at++) {
      const distance = distances[at] ?? Infinity;
      if (distance > radius) break;
      const other = nodeOf[list[at] ?? -1] ?? -1;
      if (other >= 0) take(node, other, distance);
    }
  }
  for (let at = 0; at < more.length; at += 2) {
    const [a, b] = [more[at] ?? 0, more[at + 1] ?? 0];
    take(a, b, distanceBetween(store, nodes[a] ?? 0, nodes[b] ?? 0));
  }
  return edgesOfPairs(pairs.subarray(0, 2 * count), lengths.subarray(0, count));
}

/** The node of each slot; −1 for those of no node. */
export function nodesOfSlots(nodes: Int32Array, slots: number): Int32Array {
  const nodeOf = new Int32Array(slots).fill(-1);
  for (const [node, slot] of nodes.entries()) nodeOf[slot] = node;
  return nodeOf;
}

/** Edges from pairs (a, b, a, b, …). A pair may be given again, at the same distance. */
export function edgesOfPairs(pairs: ArrayLike<number>, pairDistances: ArrayLike<number>): Edges {
  const lengths = pairDistances instanceof Float32Array ? pairDistances : Float32Array.from(pairDistances);
  const order = orderByDistance(lengths);
  const ends = new Int32Array(2 * order.length);
  const distances = new Float32Array(order.length);
  const low = (at: number): number => Math.min(pairs[2 * at] ?? 0, pairs[2 * at + 1] ?? 0);
  const high = (at: number): number => Math.max(pairs[2 * at] ?? 0, pairs[2 * at + 1] ?? 0);
  let count = 0;
  for (let first = 0, end = 0; first < order.length; first = end) {
    const distance = lengths[order[first] ?? 0] ?? 0;
    while (end < order.length && lengths[order[end] ?? 0] === distance) end++;
    if (end - first > 1) sortRun(order, first, end, low, high);
    for (let at = first; at < end; at++) {
      const [a, b] = [low(order[at] ?? 0), high(order[at] ?? 0)];
      if (at > first && ends[2 * count - 2] === a && ends[2 * count - 1] === b) continue;
      ends[2 * count] = a;
      ends[2 * count + 1] = b;
      distances[count++] = distance;
    }
  }
  return { ends: ends.slice(0, 2 * count), distances: distances.slice(0, count) };
}

/** Pairs of one length by their nodes. Most runs are the two ends of one pair, and long ones those of copies of one photo. */
function sortRun(
  order: Uint32Array,
  first: number,
  end: number,
  low: (at: number) => number,
  high: (at: number) => number,
): void {
  const compare = (p: number, q: number): number => low(p) - low(q) || high(p) - high(q);
  if (end - first > 2) order.subarray(first, end).sort(compare);
  else {
    const [p, q] = [order[first] ?? 0, order[first + 1] ?? 0];
    if (compare(p, q) <= 0) return;
    order[first] = q;
    order[first + 1] = p;
  }
}
