import { settings } from '../settings.ts';
import type { ConstrainedGroups } from './constraints.ts';
import type { Edges } from './edges.ts';
import { createGroupSums } from './group-sums.ts';
import { linkageBlocks, type LinkageBlock } from './linkage-blocks.ts';
import { createPairHeap } from './pair-heap.ts';
import { createPairTable } from './pair-table.ts';

export interface LinkageInput {
  /** Between nodes, each of which is a group of its own. */
  readonly edges: Edges;
  /** Of each node the cluster within which it is grouped; below zero: it is left alone. */
  readonly clusters: Int32Array;
  /** Only edges up to here lead from one group to another. */
  readonly reach: number;
  /** Widest average distance at which two groups become one. */
  readonly acceptance: number;
  /** Unit vector of a node. */
  readonly vectorOf: (node: number) => Float32Array;
}

/** Edges or waiting pairs after which `linkageSteps` offers a rest: less than a millisecond of work. */
const atOnce = 256;

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
 * What has nothing to do with each other is linked block by block, which gives the same groups in less than half the time:
 * most of it goes by waiting for sums to come from the memory.
 *
 * It yields often, so that the caller can let others have their turn.
 */
export function* linkageSteps(
  input: LinkageInput,
  groups: ConstrainedGroups,
  blockFaces: number = settings.cluster.blockFaces,
): Generator<void, void> {
  const linker = createLinker(input, groups);
  const used = usedEdges(input);
  yield;
  const { blocks, rest } = linkageBlocks(used, input.clusters.length, blockFaces);
  for (const block of blocks) {
    linker.begin(block);
    yield* linkBlock(block, linker);
  }
  linker.beginRest();
  yield* linkBlock({ edges: rest, until: Infinity }, linker);
}

/** Those between two nodes of one cluster, up to where edges lead from one group to another. */
function usedEdges({ edges: { ends, distances }, clusters, reach, acceptance }: LinkageInput): Edges {
  const longest = Math.min(reach, acceptance);
  const used = { ends: new Int32Array(ends.length), distances: new Float32Array(distances.length) };
  let count = 0;
  for (let at = 0; at < distances.length && (distances[at] ?? Infinity) <= longest; at++) {
    const [a, b] = [ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0];
    const cluster = clusters[a] ?? -1;
    if (cluster < 0 || cluster !== clusters[b]) continue;
    used.ends[2 * count] = a;
    used.ends[2 * count + 1] = b;
    used.distances[count++] = distances[at] ?? 0;
  }
  return { ends: used.ends.subarray(0, 2 * count), distances: used.distances.subarray(0, count) };
}

function* linkBlock({ edges: { ends, distances }, until }: LinkageBlock, linker: Linker): Generator<void, void> {
  for (let at = 0; at < distances.length; at++) {
    if (at % atOnce === 0) yield;
    const distance = distances[at] ?? 0;
    while (!linker.takeWaiting(distance)) yield;
    linker.takeEdge(ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0, distance);
  }
  while (!linker.takeWaiting(until)) yield;
}

type Linker = ReturnType<typeof createLinker>;

/** Takes edges between nodes, nearest first within a block. */
function createLinker({ clusters, acceptance, vectorOf }: LinkageInput, groups: ConstrainedGroups) {
  /** What is known of pairs in the block that is linked now. Those that wait there are nearer than `until`. */
  let [waiting, measured] = [createPairHeap(), createPairTable()];
  let until = Infinity;
  /** Of pairs that lie further apart: it is of use once all blocks are done. */
  const later = { waiting: createPairHeap(), measured: createPairTable() };
  /** When a group (by its root) last grew, 0 for a group of one; time is counted in joins, from 1. */
  const grownAt = new Int32Array(clusters.length);
  let now = 1;
  const sums = createGroupSums(clusters.length, vectorOf);

  const join = (a: number, b: number): void => {
    if (!groups.mayJoin(a, b)) return;
    const root = groups.join(a, b);
    sums.join(root, root === a ? b : a);
    grownAt[root] = ++now;
  };
  const measure = (a: number, b: number, distance: number, place: number): void => {
    const product = sums.product(a, b) / (groups.size(a) * groups.size(b));
    const mean = Math.sqrt(Math.max(0, 2 - 2 * product));
    measured.put(place, now, mean);
    if (mean >= until) later.measured.put(later.measured.place(a, b), now, mean);
    if (mean > acceptance) return;
    if (mean <= distance + rounding) join(a, b);
    else (mean < until ? waiting : later.waiting).push(mean, a, b);
  };
  /**
   * What was measured holds while neither group grows: an edge says nothing new then, and a pair that waited may join. After
   * that it is measured anew, even for an edge between two who were there before: those who came may have no edge to the
   * other group, and yet lie nearer to it.
   */
  const take = (first: number, second: number, distance: number, isEdge: boolean): void => {
    const [one, other] = [groups.root(first), groups.root(second)];
    if (one === other) return;
    const [a, b] = one < other ? [one, other] : [other, one];
    const grown = Math.max(grownAt[a] ?? 0, grownAt[b] ?? 0);
    if (grown === 0) {
      join(a, b);
      return;
    }
    const place = measured.place(a, b);
    const time = measured.time(place);
    if (time === 0 || grown > time) measure(a, b, distance, place);
    else if (!isEdge && measured.distance(place) <= distance + rounding) join(a, b);
  };

  return {
    begin: (block: LinkageBlock): void => {
      measured.clear(block.edges.distances.length >> 3);
      until = block.until;
    },
    beginRest: (): void => {
      ({ waiting, measured } = later);
      until = Infinity;
    },
    takeEdge: (first: number, second: number, distance: number): void => take(first, second, distance, true),
    /** Takes some of the pairs that wait nearer than `limit`; true once there are none. */
    takeWaiting: (limit: number): boolean => {
      for (let taken = 0; taken < atOnce; taken++) {
        if (waiting.nearest >= limit) return true;
        const pair = waiting.pop();
        if (!pair) return true;
        take(pair.a, pair.b, pair.distance, false);
      }
      return false;
    },
  };
}

/** Rounding must not make a pair chase itself. */
const rounding = 1e-6;
