import { Failure } from '../../contract/errors.ts';
import type { ComparedFaces } from '../vector/compared-faces.ts';
import type { FaceIndex } from '../vector/face-index.ts';
import type { ClusterInput, Clustering } from '../vector/index-service.ts';
import { createPause } from '../vector/pause.ts';
import { linkageSteps } from './average-linkage.ts';
import { createGroups, type ConstrainedGroups, type Facts } from './constraints.ts';
import { dbscanIndex, type IndexClusters } from './dbscan-index.ts';
import { edgesBetween, edgesWithin, mergeEdges, nodesOfSlots, type Edges } from './edges.ts';

/**
 * Groups the faces of an index: DBSCAN joins what is near, average linkage within each of its groups parts what
 * it chained together, and then the faces that may not be core are attached. Facts hold throughout.
 * @throws {Failure} `cancelled`
 */
export async function groupFaces(index: FaceIndex, input: ClusterInput, signal: AbortSignal): Promise<Clustering> {
  const [clustering] = await groupFacesBy(index, [input], signal);
  if (!clustering) throw new Failure('internal', 'faces were grouped by nothing');
  return clustering;
}

/**
 * The same by each of several inputs. The edges are read and sorted once for all of them, for a radius is where the edges of a
 * wider one are cut off; and DBSCAN runs once for those that follow each other and differ in the rest only.
 * @throws {Failure} `cancelled`
 */
export async function groupFacesBy(
  index: FaceIndex,
  inputs: readonly ClusterInput[],
  signal: AbortSignal,
): Promise<Clustering[]> {
  await index.link();
  const { compared } = index;
  const nodes = nodesOf(compared);
  const widest = Math.max(0, ...inputs.map(({ eps, acceptance }) => Math.max(eps, acceptance)));
  const edges = edgesWithin(compared, nodes.slots, widest);
  const found: Clustering[] = [];
  let last: { readonly input: ClusterInput; readonly scan: IndexClusters; readonly bridged: Edges } | undefined;
  for (const input of inputs) {
    if (!last || !isSameScan(last.input, input)) {
      const scan = await scanFaces(compared, nodes, input, signal);
      const { bridges } = scan;
      const bridged = bridges.length > 0 ? mergeEdges(edges, edgesBetween(compared, nodes.slots, bridges)) : edges;
      last = { input, scan, bridged };
    }
    found.push(await linkFaces(compared, nodes, input, last.scan, last.bridged, signal));
  }
  return found;
}

/** The faces of an index in order of their ids, so that the outcome does not depend on the order of arrival. */
interface Nodes {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly slots: Int32Array;
  readonly nodeOf: NodeOf;
}

function nodesOf({ store }: ComparedFaces): Nodes {
  const ids = Int32Array.from({ length: store.size }, (_, slot) => store.idAt(slot))
    .filter((id) => id !== 0)
    .sort();
  const slots = ids.map((id) => store.slotOf(id) ?? 0);
  const nodeOfSlot = nodesOfSlots(slots, store.size);
  return { ids, slots, nodeOf: (id) => nodeOfSlot[store.slotOf(id ?? 0) ?? -1] };
}

function isSameScan(one: ClusterInput, other: ClusterInput): boolean {
  return one.eps === other.eps && one.minSamples === other.minSamples && one.core === other.core;
}

function scanFaces(
  compared: ComparedFaces,
  { slots, nodeOf }: Nodes,
  { eps, minSamples, core }: ClusterInput,
  signal: AbortSignal,
): Promise<IndexClusters> {
  const eligible = new Uint8Array(slots.length);
  for (const id of core) {
    const node = nodeOf(id);
    if (node !== undefined) eligible[node] = 1;
  }
  return dbscanIndex(compared, slots, { eps, minSamples, eligible }, signal);
}

async function linkFaces(
  { store }: ComparedFaces,
  { ids, slots, nodeOf }: Nodes,
  input: ClusterInput,
  { labels, core }: IndexClusters,
  edges: Edges,
  signal: AbortSignal,
): Promise<Clustering> {
  const facts = gatherFacts(input, ids.length, nodeOf);
  const groups = createGroups(facts);
  const clusters = labels.map((label, node) => (core[node] ? label : -1));
  const vectorOf = (node: number): Float32Array => store.vectors.at(slots[node] ?? 0);
  const { eps: reach, acceptance } = input;
  const pause = createPause(signal);
  const steps = linkageSteps({ edges, clusters, reach, acceptance, vectorOf }, groups);
  while (!steps.next().done) if (pause.isDue) await pause.rest();
  joinLinked(input.mustLink, nodeOf, groups);
  attach(edges, input.eps, core, groups);
  return {
    ids: ids.slice(),
    clusters: numberGroups(groups, ids.length, input.minSamples),
    near: nearestPeople(edges, acceptance, facts),
  };
}

type NodeOf = (id: number | undefined) => number | undefined;

function gatherFacts(input: ClusterInput, count: number, nodeOf: NodeOf): Facts {
  const person = new Int32Array(count);
  const rejected = new Map<number, Set<number>>();
  const apart = new Map<number, number[]>();
  for (let i = 0; i < input.labels.length; i += 2) {
    const node = nodeOf(input.labels[i]);
    if (node !== undefined) person[node] = input.labels[i + 1] ?? 0;
  }
  for (let i = 0; i < input.rejections.length; i += 2) {
    const node = nodeOf(input.rejections[i]);
    if (node !== undefined) rejected.set(node, (rejected.get(node) ?? new Set()).add(input.rejections[i + 1] ?? 0));
  }
  for (let i = 0; i < input.cannotLink.length; i += 2) {
    const [a, b] = [nodeOf(input.cannotLink[i]), nodeOf(input.cannotLink[i + 1])];
    if (a === undefined || b === undefined) continue;
    apart.set(a, [...(apart.get(a) ?? []), b]);
    apart.set(b, [...(apart.get(b) ?? []), a]);
  }
  return { person, rejected, apart };
}

/** What the user said is one person becomes one group, unless the facts about the rest of the two forbid it. */
function joinLinked(mustLink: Int32Array, nodeOf: NodeOf, groups: ConstrainedGroups): void {
  for (let i = 0; i < mustLink.length; i += 2) {
    const [a, b] = [nodeOf(mustLink[i]), nodeOf(mustLink[i + 1])];
    if (a === undefined || b === undefined) continue;
    const [one, other] = [groups.root(a), groups.root(b)];
    if (one !== other && groups.mayJoin(one, other)) groups.join(one, other);
  }
}

/** Each face that is no core goes to the group of its nearest core that may have it, the nearest faces first. */
function attach({ ends, distances }: Edges, eps: number, core: Uint8Array, groups: ConstrainedGroups): void {
  const candidates: { node: number; to: number; distance: number }[] = [];
  for (let at = 0; at < distances.length; at++) {
    const [a, b, distance] = [ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0, distances[at] ?? Infinity];
    if (distance > eps) break;
    if (core[a] === core[b]) continue;
    candidates.push(core[a] ? { node: b, to: a, distance } : { node: a, to: b, distance });
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

/** Of each node the person it is labelled as, else that of its nearest labelled one within acceptance. */
function nearestPeople({ ends, distances }: Edges, acceptance: number, { person }: Facts): Int32Array<ArrayBuffer> {
  const near = new Int32Array(person);
  for (let at = 0; at < distances.length && (distances[at] ?? Infinity) <= acceptance; at++) {
    const [a, b] = [ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0];
    if (near[a] === 0) near[a] = person[b] ?? 0;
    if (near[b] === 0) near[b] = person[a] ?? 0;
  }
  return near;
}
