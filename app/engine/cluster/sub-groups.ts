import type { ComparedFaces } from '../vector/compared-faces.ts';
import { linkByAverage } from './average-linkage.ts';
import { createGroups } from './constraints.ts';
import { edgesWithin } from './edges.ts';

export interface SubGroupInput {
  /** Faces of one person. Those that the index does not hold are left out of the answer. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** Pairs that are surely two people: a, b, a, b, … */
  readonly apart: Int32Array<ArrayBuffer>;
  /** Widest average distances to try, widest first: the first that parts the faces counts. */
  readonly radii: readonly number[];
  /** Faces from which a part counts as one; smaller ones go to the part that they lie nearest to. */
  readonly least: number;
}

export interface SubGroups {
  /** Every face is in one group; the largest first, in each the face nearest to its middle first. */
  readonly groups: readonly Int32Array<ArrayBuffer>[];
  /** Root mean square distance between the members of the two largest groups, and within them; 0 where there is one. */
  readonly between: number;
  readonly within: number;
}

interface Part {
  readonly nodes: readonly number[];
  readonly sum: Float64Array;
}

/** Parts one person's faces by average linkage, tighter and tighter until they fall apart. */
export function subGroups(index: ComparedFaces, input: SubGroupInput): SubGroups {
  const { store } = index;
  const ids = input.ids.filter((id) => store.slotOf(id) !== undefined).sort();
  const slots = ids.map((id) => store.slotOf(id) ?? 0);
  const vectorOf = (node: number): Float32Array => store.vectors.at(slots[node] ?? 0);
  const apart = apartNodes(ids, input.apart);
  const widest = Math.max(0, ...input.radii);
  const edges = edgesWithin(index, slots, widest);
  const nodes = Array.from(ids, (_, node) => node);
  const clusters = new Int32Array(ids.length);
  let parts: Part[] = [];
  for (const acceptance of input.radii) {
    const groups = createGroups({ person: new Int32Array(ids.length), rejected: new Map(), apart });
    linkByAverage({ edges, clusters, reach: acceptance, acceptance, vectorOf }, groups);
    const roots = new Map(nodes.map((node) => [groups.root(node), groups.members(groups.root(node))]));
    parts = [...roots.values()].map((members) => partOf(members, vectorOf, store.dimensions));
    if (parts.filter((part) => part.nodes.length >= input.least).length > 1) break;
  }
  const large = parts.filter(({ nodes: { length } }) => length >= input.least).sort(bySize);
  return {
    ...distancesOf(large[0], large[1]),
    groups: gathered(parts, large).map((part) => {
      const closeness = (node: number): number => dot(vectorOf(node), part.sum);
      const ordered = part.nodes.toSorted((a, b) => closeness(b) - closeness(a) || a - b);
      return Int32Array.from(ordered, (node) => ids[node] ?? 0);
    }),
  };
}

function apartNodes(ids: Int32Array, pairs: Int32Array): Map<number, number[]> {
  const nodeOf = new Map(Array.from(ids, (id, node) => [id, node]));
  const apart = new Map<number, number[]>();
  for (let i = 0; i < pairs.length; i += 2) {
    const [a, b] = [nodeOf.get(pairs[i] ?? 0), nodeOf.get(pairs[i + 1] ?? 0)];
    if (a === undefined || b === undefined) continue;
    apart.set(a, [...(apart.get(a) ?? []), b]);
    apart.set(b, [...(apart.get(b) ?? []), a]);
  }
  return apart;
}

function partOf(members: readonly number[], vectorOf: (node: number) => Float32Array, dimensions: number): Part {
  const sum = new Float64Array(dimensions);
  for (const node of members) for (const [i, value] of vectorOf(node).entries()) sum[i] = (sum[i] ?? 0) + value;
  return { nodes: members.toSorted((a, b) => a - b), sum };
}

/** Parts too small to be shown go to the nearest of the large ones; where there is no large one, all are one. */
function gathered(parts: readonly Part[], large: readonly Part[]): Part[] {
  const [any] = parts;
  if (large.length === 0) return any ? [{ sum: any.sum, nodes: parts.flatMap(({ nodes }) => nodes) }] : [];
  const whole = large.map(({ nodes, sum }) => ({ nodes: [...nodes], sum, norm: Math.sqrt(dot(sum, sum)) }));
  for (const small of parts) {
    if (large.includes(small)) continue;
    const likeness = whole.map(({ sum, norm }) => dot(small.sum, sum) / norm);
    whole[likeness.indexOf(Math.max(...likeness))]?.nodes.push(...small.nodes);
  }
  return whole.sort(bySize);
}

/** Mean squares of distances between unit vectors follow from their sums: 2 − 2·(ΣA·ΣB)/(|A|·|B|). */
function distancesOf(one: Part | undefined, other: Part | undefined): Pick<SubGroups, 'between' | 'within'> {
  if (!one || !other) return { between: 0, within: 0 };
  const between = 2 - (2 * dot(one.sum, other.sum)) / (one.nodes.length * other.nodes.length);
  const pairs = pairsWithin(one) + pairsWithin(other);
  const within = (pairsWithin(one) * meanWithin(one) + pairsWithin(other) * meanWithin(other)) / Math.max(1, pairs);
  return { between: Math.sqrt(Math.max(0, between)), within: Math.sqrt(within) };
}

const pairsWithin = ({ nodes: { length } }: Part): number => (length * (length - 1)) / 2;

/** Mean squared distance between two different members. */
function meanWithin({ nodes: { length }, sum }: Part): number {
  return length < 2 ? 0 : Math.max(0, (2 * (length * length - dot(sum, sum))) / (length * (length - 1)));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The largest first; of equals the one with the oldest face. */
function bySize(one: Part, other: Part): number {
  return other.nodes.length - one.nodes.length || (one.nodes[0] ?? 0) - (other.nodes[0] ?? 0);
}
