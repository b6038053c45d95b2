import { dotProduct } from '../vector/distance.ts';
import type { ConstrainedGroups } from './constraints.ts';
import type { Edges } from './edges.ts';
import { orderByDistance } from './order-by-distance.ts';
import { createPairHeap } from './pair-heap.ts';
import { createPairTable } from './pair-table.ts';

export interface LinkageInput {
  /** Nodes to group, ascending, each a group of its own. */
  readonly nodes: readonly number[];
  readonly edges: Edges;
  /** Only edges up to here lead from one group to another. */
  readonly reach: number;
  /** Widest average distance at which two groups become one. */
  readonly acceptance: number;
  /** Unit vector of a node. */
  readonly vectorOf: (node: number) => Float32Array;
}

/** Edges after which `linkageSteps` offers a rest: less than a millisecond of work. */
const stepEdges = 256;

/** Average linkage in one turn. */
export function linkByAverage(input: LinkageInput, groups: ConstrainedGroups): void {
  const steps = linkageSteps(input, groups);
  while (!steps.next().done);
}

/**
 * Average linkage along the edges of a graph: again and again the two nearest joined groups become one, while
 * the root mean square distance between their members is within acceptance and the facts allow it. Because
 * vectors have norm 1, that mean is 2 − 2·(ΣA·ΣB)/(|A|·|B|): a sum per group is all it takes, at any size.
 *
 * Edges come in the order of their length, and pairs of groups that turn out to be further apart wait for their
 * turn. Both are old distances. The mean between A∪B and C lies between those of A and of B to C, so an old
 * distance is never too large, and working it out again when its turn comes keeps the order right.
 *
 * It yields often, so that the caller can let others have their turn.
 */
export function* linkageSteps(input: LinkageInput, groups: ConstrainedGroups): Generator<void, void> {
  const near = nearEdges(input);
  const order = orderByDistance(near.distances);
  const linker = createLinker(input, groups, near.distances.length);
  for (let next = 0; next < order.length; next++) {
    const at = order[next] ?? 0;
    linker.takeEdge(near.ends[2 * at] ?? 0, near.ends[2 * at + 1] ?? 0, near.distances[at] ?? Infinity);
    if (next % stepEdges === 0) yield;
  }
  linker.finish();
}

/** Takes edges between places in `nodes`, nearest first. */
function createLinker({ nodes, acceptance, vectorOf }: LinkageInput, groups: ConstrainedGroups, edgeCount: number) {
  const waiting = createPairHeap();
  const measured = createPairTable(edgeCount >> 3);
  const parts = createParts(nodes.length);
  const { rootOf, sizes, grownAt } = parts;
  /** Of a group of one its vector, else the sum of those of its members. */
  const sums = nodes.map((node) => vectorOf(node));

  const sumOf = (at: number): Float32Array => sums[at] ?? nothing;
  const join = (a: number, b: number): void => {
    const [one, other] = [groups.root(nodes[a] ?? 0), groups.root(nodes[b] ?? 0)];
    if (!groups.mayJoin(one, other)) return;
    const [large, small] = groups.join(one, other) === one ? [a, b] : [b, a];
    const sum = (sizes[a] ?? 1) > 1 ? sumOf(a) : sumOf(a).slice();
    add(sum, sumOf(b));
    sums[large] = sum;
    sums[small] = nothing;
    parts.join(large, small);
  };
  const measure = (a: number, b: number, distance: number, place: number): void => {
    const now = meanDistance(sumOf(a), sumOf(b), (sizes[a] ?? 1) * (sizes[b] ?? 1));
    measured.put(place, parts.time(), now);
    if (now > acceptance) return;
    if (now <= distance + rounding) join(a, b);
    else waiting.push(now, a, b);
  };
  /**
   * What was measured holds while neither group grows: an edge says nothing new then, and a pair that waited may join. After
   * that it is measured anew, even for an edge between two who were there before: those who came may have no edge to the
   * other group, and yet lie nearer to it.
   */
  const take = (first: number, second: number, distance: number, isEdge: boolean): void => {
    const [one, other] = [rootOf[first] ?? 0, rootOf[second] ?? 0];
    if (one === other) return;
    const [a, b] = one < other ? [one, other] : [other, one];
    if ((sizes[a] ?? 1) + (sizes[b] ?? 1) === 2) {
      join(a, b);
      return;
    }
    const place = measured.place(a, b);
    const time = measured.time(place);
    if (time === 0 || (grownAt[a] ?? 0) > time || (grownAt[b] ?? 0) > time) measure(a, b, distance, place);
    else if (!isEdge && measured.distance(place) <= distance + rounding) join(a, b);
  };
  const takeWaiting = (before: number): void => {
    while (waiting.nearest < before) {
      const pair = waiting.pop();
      if (pair) take(pair.a, pair.b, pair.distance, false);
    }
  };

  return {
    takeEdge: (first: number, second: number, distance: number): void => {
      takeWaiting(distance);
      take(first, second, distance, true);
    },
    finish: (): void => takeWaiting(Infinity),
  };
}

/** Which places are in which group: time is counted in joins, from 1. */
function createParts(count: number) {
  const rootOf = Int32Array.from({ length: count }, (_, at) => at);
  const sizes = new Int32Array(count).fill(1);
  /** When a group (by its root) last grew. */
  const grownAt = new Int32Array(count);
  /** The members of a group are a chain that begins at its root; −1 at its end. */
  const nextOf = new Int32Array(count).fill(-1);
  const lastOf = rootOf.slice();
  let now = 1;
  return {
    rootOf,
    sizes,
    grownAt,
    time: (): number => now,
    join: (large: number, small: number): void => {
      now++;
      for (let at = small; at >= 0; at = nextOf[at] ?? -1) rootOf[at] = large;
      nextOf[lastOf[large] ?? large] = small;
      lastOf[large] = lastOf[small] ?? small;
      sizes[large] = (sizes[large] ?? 1) + (sizes[small] ?? 1);
      grownAt[large] = now;
    },
  };
}

const nothing = new Float32Array(0);
/** Rounding must not make a pair chase itself. */
const rounding = 1e-6;

/**
 * The edges that may lead from one group to another, each once: the places of its ends in `nodes` (a, b, a, b, …) and its
 * length.
 */
function nearEdges({ nodes, edges, reach, acceptance }: LinkageInput): { ends: Int32Array; distances: Float32Array } {
  const { offsets, targets } = edges;
  const longest = Math.min(reach, acceptance);
  const placeOf = placesOf(nodes, offsets.length);
  let room = 0;
  for (const node of nodes) room += (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
  const ends = new Int32Array(room);
  const distances = new Float32Array(room >> 1);
  let count = 0;
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place] ?? 0;
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at++) {
      const [other, distance] = [targets[at] ?? 0, edges.distances[at] ?? Infinity];
      if (distance > longest) break;
      if (node >= other) continue;
      const otherPlace = placeOf(other);
      if (otherPlace < 0) continue;
      ends[2 * count] = place;
      ends[2 * count + 1] = otherPlace;
      distances[count++] = distance;
    }
  }
  return { ends, distances: distances.subarray(0, count) };
}

/** Places in `nodes`, −1 for others: a table where many of all nodes are there, a map where few are. */
function placesOf(nodes: readonly number[], count: number): (node: number) => number {
  if (16 * nodes.length > count) {
    const table = new Int32Array(count).fill(-1);
    for (const [place, node] of nodes.entries()) table[node] = place;
    return (node) => table[node] ?? -1;
  }
  const map = new Map<number, number>();
  for (const [place, node] of nodes.entries()) map.set(node, place);
  return (node) => map.get(node) ?? -1;
}

/** @param pairs |A|·|B| */
function meanDistance(sumA: Float32Array, sumB: Float32Array, pairs: number): number {
  return Math.sqrt(Math.max(0, 2 - (2 * dotProduct(sumA, sumB)) / pairs));
}

function add(sum: Float32Array, other: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (other[i] ?? 0);
}
