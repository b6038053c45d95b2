import { settings } from '../settings.ts';
import type { ComparedFaces } from '../vector/compared-faces.ts';
import { eachNearPair } from '../vector/near-pairs.ts';
import { distanceBetween } from '../vector/vector-store.ts';
import { nodesOfSlots } from './edges.ts';
import { createDbscan, type DbscanResult, type DbscanRules } from './dbscan.ts';

/** Lists hold float32: whoever lies as close as this to eps is compared in float64. */
const rounding = 1e-6;

export interface IndexClusters extends DbscanResult {
  /** Near pairs of nodes that are beyond the edges of `edgesWithin` and without which two clusters would be apart: a, b, a, b, … */
  readonly bridges: readonly number[];
}

/**
 * DBSCAN of the faces in `slots`. Their lists hold every near pair, but for those of two faces that both have more near
 * ones than a list holds (a burst of a hundred pictures beside the rest of a person). These are compared with each
 * other: so where the lists are exact, the labels are those of DBSCAN on all pairs. Of more than `bridgedFaces` an even
 * sample is compared.
 * @throws {Failure} `cancelled`
 */
export async function dbscanIndex(
  { store, graph }: ComparedFaces,
  slots: Int32Array,
  { eps, ...rules }: DbscanRules & { readonly eps: number },
  signal: AbortSignal,
): Promise<IndexClusters> {
  const nodeOf = nodesOfSlots(slots, store.size);
  const scan = createDbscan(rules);
  const bridges: number[] = [];
  const full: number[] = [];
  /** Of each slot what `clusterOf` gave last. Two that were once seen in one cluster are in one for good. */
  const seenIn = new Int32Array(store.size).fill(-1);
  /** Takes a part of every list: what lies further down counts as a bridge where it joins two clusters. */
  const read = (from: number, to: number): void => {
    const within = eps + rounding;
    for (let node = 0; node < slots.length; node++) {
      const slot = slots[node] ?? 0;
      const list = graph.slots.at(slot);
      const distances = graph.distances.at(slot);
      let own = scan.clusterOf(node);
      for (let at = from; at < to && (distances[at] ?? Infinity) <= within; at++) {
        const near = list[at] ?? -1;
        if (own >= 0 && seenIn[near] === own) continue;
        const other = nodeOf[near] ?? -1;
        if (other < 0) continue;
        const theirs = (seenIn[near] = scan.clusterOf(other));
        if (theirs === own) continue;
        const distance = distances[at] ?? Infinity;
        if (other < node && graph.lists(near, slot, distance)) continue;
        if (distance > eps - rounding && distanceBetween(store, slot, near) > eps) continue;
        if (scan.near(node, other) && from > 0) bridges.push(node, other);
        own = scan.clusterOf(node);
      }
      if (to === graph.k && (distances[to - 1] ?? Infinity) <= within) full.push(node);
    }
  };
  const nearest = Math.min(settings.index.edges, graph.k);
  read(0, nearest);
  read(nearest, graph.k);
  const step = Math.max(1, Math.ceil(full.length / settings.cluster.bridgedFaces));
  const sample = full.filter((_, at) => at % step === 0);
  // Cluster by cluster, because within one there is nothing to find.
  const clusters = new Map(sample.map((node) => [node, scan.clusterOf(node)]));
  const clusterOf = (node: number | undefined): number => clusters.get(node ?? -1) ?? 0;
  const compared = sample.toSorted((a, b) => clusterOf(a) - clusterOf(b) || a - b);
  const isSettled = (low: number, high: number): boolean => clusterOf(compared[low]) === clusterOf(compared[high]);
  const values = new Float32Array(compared.length * store.dimensions);
  for (const [row, node] of compared.entries()) {
    values.set(store.vectors.at(slots[node] ?? 0), row * store.dimensions);
  }
  const take = (low: number, high: number): void => {
    const [a, b] = [compared[low] ?? 0, compared[high] ?? 0];
    if (scan.near(a, b)) bridges.push(a, b);
  };
  await eachNearPair({ values, rows: compared.length }, store.dimensions, eps, take, signal, isSettled);
  return { ...scan.result(), bridges };
}
