import type { ConstrainedGroups } from './constraints.ts';
import type { Edges } from './edges.ts';
import { createGroupSums } from './group-sums.ts';
import { createPairQueue } from './pair-queue.ts';
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
 * It yields often, so that the caller can let others have their turn.
 */
export function* linkageSteps(input: LinkageInput, groups: ConstrainedGroups): Generator<void, void> {
  const { edges, clusters, reach, acceptance } = input;
  const { ends, distances } = edges;
  const longest = Math.min(reach, acceptance);
  const linker = createLinker(input, groups);
  for (let at = 0; at < distances.length; at++) {
    const distance = distances[at] ?? Infinity;
    if (distance > longest) break;
    if (at % atOnce === 0) yield;
    const [a, b] = [ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0];
    const cluster = clusters[a] ?? -1;
    if (cluster < 0 || cluster !== clusters[b]) continue;
    while (!linker.takeWaiting(distance)) yield;
    linker.takeEdge(a, b, distance);
  }
  while (!linker.takeWaiting(Infinity)) yield;
}

/** Takes edges between nodes, nearest first. */
function createLinker({ edges, clusters, acceptance, vectorOf }: LinkageInput, groups: ConstrainedGroups) {
  const waiting = createPairQueue(edges.distances.length);
  const measured = createPairTable(edges.distances.length >> 3);
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
    if (mean > acceptance) return;
    if (mean <= distance + rounding) join(a, b);
    else waiting.push(mean, a, b);
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
    takeEdge: (first: number, second: number, distance: number): void => take(first, second, distance, true),
    /** Takes some of the pairs that wait nearer than `limit`; true once there are none. */
    takeWaiting: (limit: number): boolean => {
      for (let taken = 0; taken < atOnce; taken++) {
        const pair = waiting.pop(limit);
        if (!pair) return true;
        take(pair.a, pair.b, pair.distance, false);
      }
      return false;
    },
  };
}

/** Rounding must not make a pair chase itself. */
const rounding = 1e-6;
