import type { FaceIndex } from '../vector/face-index.ts';
import type { ClusterInput, Clustering } from '../vector/index-service.ts';
import { createPause } from '../vector/pause.ts';
import { linkageSteps } from './average-linkage.ts';
import { createGroups, type ConstrainedGroups, type Facts } from './constraints.ts';
import { dbscanIndex } from './dbscan-index.ts';
import { edgesWithin, type Edges } from './edges.ts';

/**
 * Groups the faces of an index: DBSCAN joins what is near, average linkage within each of its groups parts what
 * it chained together, and then the faces that may not be core are attached. Facts hold throughout.
 * @throws {Failure} `cancelled`
 */
export async function groupFaces(index: FaceIndex, input: ClusterInput, signal: AbortSignal): Promise<Clustering> {
  await index.link();
  const { compared } = index;
  const { store } = compared;
  // In order of their ids, so that the outcome does not depend on the order of arrival.
  const ids = Int32Array.from({ length: store.size }, (_, slot) => store.idAt(slot))
    .filter((id) => id !== 0)
    .sort();
  const slots = ids.map((id) => store.slotOf(id) ?? 0);
  const nodeOf = new Map<number, number>();
  for (const [node, id] of ids.entries()) nodeOf.set(id, node);

  const eligible = new Uint8Array(ids.length);
  for (const id of input.core) {
    const node = nodeOf.get(id);
    if (node !== undefined) eligible[node] = 1;
  }
  const facts = gatherFacts(input, ids.length, nodeOf);
  const groups = createGroups(facts);
  const rules = { eps: input.eps, minSamples: input.minSamples, eligible };
  const { labels, core, bridges } = await dbscanIndex(compared, slots, rules, signal);
  const edges = edgesWithin(compared, slots, Math.max(input.eps, input.acceptance), bridges);

  const vectorOf = (node: number): Float32Array => store.vectors.at(slots[node] ?? 0);
  const pause = createPause(signal);
  for (const nodes of coresByCluster(labels, core)) {
    const linkage = { nodes, edges, reach: input.eps, acceptance: input.acceptance, vectorOf };
    const steps = linkageSteps(linkage, groups);
    while (!steps.next().done) if (pause.isDue) await pause.rest();
    if (pause.isDue) await pause.rest();
  }
  joinLinked(input.mustLink, nodeOf, groups);
  attach(edges, input.eps, core, groups);
  return {
    ids,
    clusters: numberGroups(groups, ids.length, input.minSamples),
    near: nearestPeople(edges, input.acceptance, facts),
  };
}

function gatherFacts(input: ClusterInput, count: number, nodeOf: ReadonlyMap<number, number>): Facts {
  const person = new Int32Array(count);
  const rejected = new Map<number, Set<number>>();
  const apart = new Map<number, number[]>();
  for (let i = 0; i < input.labels.length; i += 2) {
    const node = nodeOf.get(input.labels[i] ?? 0);
    if (node !== undefined) person[node] = input.labels[i + 1] ?? 0;
  }
  for (let i = 0; i < input.rejections.length; i += 2) {
    const node = nodeOf.get(input.rejections[i] ?? 0);
    if (node !== undefined) rejected.set(node, (rejected.get(node) ?? new Set()).add(input.rejections[i + 1] ?? 0));
  }
  for (let i = 0; i < input.cannotLink.length; i += 2) {
    const a = nodeOf.get(input.cannotLink[i] ?? 0);
    const b = nodeOf.get(input.cannotLink[i + 1] ?? 0);
    if (a === undefined || b === undefined) continue;
    apart.set(a, [...(apart.get(a) ?? []), b]);
    apart.set(b, [...(apart.get(b) ?? []), a]);
  }
  return { person, rejected, apart };
}

/** What the user said is one person becomes one group, unless the facts about the rest of the two forbid it. */
function joinLinked(mustLink: Int32Array, nodeOf: ReadonlyMap<number, number>, groups: ConstrainedGroups): void {
  for (let i = 0; i < mustLink.length; i += 2) {
    const [a, b] = [nodeOf.get(mustLink[i] ?? 0), nodeOf.get(mustLink[i + 1] ?? 0)];
    if (a === undefined || b === undefined) continue;
    const [one, other] = [groups.root(a), groups.root(b)];
    if (one !== other && groups.mayJoin(one, other)) groups.join(one, other);
  }
}

function coresByCluster(labels: Int32Array, core: Uint8Array): number[][] {
  const clusters: number[][] = [];
  for (const [node, label] of labels.entries()) if (core[node]) (clusters[label] ??= []).push(node);
  return clusters;
}

/** Each face that is no core goes to the group of its nearest core that may have it, the nearest faces first. */
function attach(edges: Edges, eps: number, core: Uint8Array, groups: ConstrainedGroups): void {
  const candidates: { node: number; to: number; distance: number }[] = [];
  for (let node = 0; node < core.length; node++) {
    if (core[node]) continue;
    for (let at = edges.offsets[node] ?? 0; at < (edges.offsets[node + 1] ?? 0); at++) {
      const distance = edges.distances[at] ?? Infinity;
      if (distance > eps) break;
      const to = edges.targets[at] ?? 0;
      if (core[to]) candidates.push({ node, to, distance });
    }
  }
  candidates.sort((p, q) => p.distance - q.distance || p.node - q.node || p.to - q.to);
  for (const { node, to } of candidates) {
    if (groups.root(node) !== node || groups.size(node) > 1) continue;
    const root = groups.root(to);
    if (groups.mayJoin(node, root)) groups.join(node, root);
  }
}

function numberGroups(groups: ConstrainedGroups, count: number, minSamples: number): Int32Array<ArrayBuffer> {
  const clusters = new Int32Array(count).fill(-1);
  const numberOf = new Map<number, number>();
  for (let node = 0; node < count; node++) {
    const root = groups.root(node);
    if (groups.size(root) < minSamples) continue;
    if (!numberOf.has(root)) numberOf.set(root, numberOf.size);
    clusters[node] = numberOf.get(root) ?? -1;
  }
  return clusters;
}

function nearestPeople(edges: Edges, acceptance: number, { person }: Facts): Int32Array<ArrayBuffer> {
  return Int32Array.from(person, (own, node) => {
    if (own !== 0) return own;
    for (let at = edges.offsets[node] ?? 0; at < (edges.offsets[node + 1] ?? 0); at++) {
      if ((edges.distances[at] ?? Infinity) > acceptance) break;
      const who = person[edges.targets[at] ?? 0] ?? 0;
      if (who !== 0) return who;
    }
    return 0;
  });
}
