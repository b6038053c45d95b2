import { settings } from '../settings.ts';
import type { ComparedFaces } from '../vector/compared-faces.ts';
import { distanceBetween } from '../vector/vector-store.ts';
import { sortByDistance } from './order-by-distance.ts';

/** Near pairs of nodes, each once, nearest first; of equals the one with the lower nodes first. */
export interface Edges {
  /** Two nodes an edge, the lower first: a, b, a, b, … */
  readonly ends: Int32Array;
  /** L2, ascending. */
  readonly distances: Float32Array;
}

/** The pairs of `nodes` (slots) of which one is among the nearest of the other and that lie within `radius`. */
export function edgesWithin({ store, graph }: ComparedFaces, nodes: Int32Array, radius: number): Edges {
  const nodeOf = nodesOfSlots(nodes, store.size);
  const most = Math.min(settings.index.edges, graph.k);
  const pairs = createPairs(nodes.length * most);
  for (let node = 0; node < nodes.length; node++) {
    const list = graph.slots.at(nodes[node] ?? 0);
    const distances = graph.distances.at(nodes[node] ?? 0);
    for (let at = 0; at < most; at++) {
      const distance = distances[at] ?? Infinity;
      if (distance > radius) break;
      const other = nodeOf[list[at] ?? -1] ?? -1;
      if (other >= 0) pairs.take(node, other, distance);
    }
  }
  return pairs.sorted();
}

/** Edges between nodes (slots), given as pairs: a, b, a, b, … */
export function edgesBetween({ store }: ComparedFaces, nodes: Int32Array, pairs: readonly number[]): Edges {
  const slot = (at: number): number => nodes[pairs[at] ?? 0] ?? 0;
  const distances = Float32Array.from({ length: pairs.length / 2 }, (_, at) =>
    distanceBetween(store, slot(2 * at), slot(2 * at + 1)),
  );
  return edgesOfPairs(pairs, distances);
}

/** The edges of both, each once. `few` are so few that most of the others are moved in long runs. */
export function mergeEdges(many: Edges, few: Edges): Edges {
  const most = many.distances.length + few.distances.length;
  const merged = { ends: new Int32Array(2 * most), distances: new Float32Array(most) };
  let count = 0;
  const copy = ({ ends, distances }: Edges, from: number, to: number): void => {
    merged.ends.set(ends.subarray(2 * from, 2 * to), 2 * count);
    merged.distances.set(distances.subarray(from, to), count);
    count += to - from;
  };
  let copied = 0;
  for (let at = 0; at < few.distances.length; at++) {
    const place = placeOf(few, at, many);
    copy(many, copied, place);
    copied = place;
    if (compareEdges(few, at, many, place) !== 0) copy(few, at, at + 1);
  }
  copy(many, copied, many.distances.length);
  return { ends: merged.ends.subarray(0, 2 * count), distances: merged.distances.subarray(0, count) };
}

/** Where an edge is among others, or would be. */
function placeOf(edges: Edges, at: number, others: Edges): number {
  let low = 0;
  for (let high = others.distances.length; low < high;) {
    const middle = (low + high) >> 1;
    if (compareEdges(others, middle, edges, at) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Below zero where the first comes first; what is beyond the end comes last. */
function compareEdges(one: Edges, at: number, other: Edges, next: number): number {
  const [far, farther] = [one.distances[at] ?? Infinity, other.distances[next] ?? Infinity];
  if (far !== farther) return far - farther;
  const low = (one.ends[2 * at] ?? 0) - (other.ends[2 * next] ?? 0);
  return low === 0 ? (one.ends[2 * at + 1] ?? 0) - (other.ends[2 * next + 1] ?? 0) : low;
}

/** The node of each slot; −1 for those of no node. */
export function nodesOfSlots(nodes: Int32Array, slots: number): Int32Array {
  const nodeOf = new Int32Array(slots).fill(-1);
  for (const [node, slot] of nodes.entries()) nodeOf[slot] = node;
  return nodeOf;
}

/** Edges from pairs (a, b, a, b, …). A pair may be given again, at the same distance. */
export function edgesOfPairs(pairs: ArrayLike<number>, distances: ArrayLike<number>): Edges {
  const taken = createPairs(distances.length);
  for (let at = 0; at < distances.length; at++) {
    taken.take(pairs[2 * at] ?? 0, pairs[2 * at + 1] ?? 0, distances[at] ?? Infinity);
  }
  return taken.sorted();
}

/** Pairs in the order they come, with room for so many. */
function createPairs(room: number) {
  const lows = new Int32Array(room);
  const highs = new Int32Array(room);
  const lengths = new Float32Array(room);
  let count = 0;
  return {
    take: (a: number, b: number, distance: number): void => {
      lows[count] = Math.min(a, b);
      highs[count] = Math.max(a, b);
      lengths[count++] = distance;
    },
    /** Uses up what was taken. */
    sorted: (): Edges => {
      const columns = [lows.subarray(0, count), highs.subarray(0, count)];
      const sorted = sortByDistance(lengths.subarray(0, count), columns);
      return eachOnce(sorted.columns[0] ?? lows, sorted.columns[1] ?? highs, sorted.distances);
    },
  };
}

/** Leaves out what comes again, and sorts what is equally long by its nodes. */
function eachOnce(lows: Int32Array, highs: Int32Array, lengths: Float32Array): Edges {
  const ends = new Int32Array(2 * lengths.length);
  let count = 0;
  for (let first = 0, end = 0; first < lengths.length; first = end) {
    const distance = lengths[first] ?? 0;
    for (end = first + 1; end < lengths.length && lengths[end] === distance;) end++;
    if (end - first > 1) sortPairs(lows, highs, first, end);
    for (let at = first; at < end; at++) {
      const [low, high] = [lows[at] ?? 0, highs[at] ?? 0];
      if (at > first && lows[at - 1] === low && highs[at - 1] === high) continue;
      ends[2 * count] = low;
      ends[2 * count + 1] = high;
      lengths[count++] = distance;
    }
  }
  return { ends: ends.slice(0, 2 * count), distances: lengths.slice(0, count) };
}

/** Pairs up to which they are sorted one by one. */
const fewPairs = 16;
/** Nodes of an index stay below 2²², so that two of them are one whole number (vector/sort-row.ts). */
const nodeRange = 2 ** 22;

/** Sorts pairs by their nodes: a few as a rule, thousands where a library holds copies of one photo. */
function sortPairs(lows: Int32Array, highs: Int32Array, first: number, end: number): void {
  if (end - first <= fewPairs) {
    insertPairs(lows, highs, first, end);
    return;
  }
  const keys = new Float64Array(end - first);
  for (let at = first; at < end; at++) keys[at - first] = (lows[at] ?? 0) * nodeRange + (highs[at] ?? 0);
  for (const [at, key] of keys.sort().entries()) {
    lows[first + at] = Math.floor(key / nodeRange);
    highs[first + at] = key % nodeRange;
  }
}

function insertPairs(lows: Int32Array, highs: Int32Array, first: number, end: number): void {
  for (let next = first + 1; next < end; next++) {
    const [low, high] = [lows[next] ?? 0, highs[next] ?? 0];
    let at = next;
    for (; at > first; at--) {
      const [before, beforeHigh] = [lows[at - 1] ?? 0, highs[at - 1] ?? 0];
      if (before < low || (before === low && beforeHigh <= high)) break;
      lows[at] = before;
      highs[at] = beforeHigh;
    }
    lows[at] = low;
    highs[at] = high;
  }
}
