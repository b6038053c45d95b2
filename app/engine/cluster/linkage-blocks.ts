import { createDisjointSets } from './disjoint-sets.ts';
import type { Edges } from './edges.ts';

/** Edges among nodes that can be linked by themselves until a distance. */
export interface LinkageBlock {
  readonly edges: Edges;
  /** No edge shorter than this leads out of the block, and its own are all shorter. */
  readonly until: number;
}

export interface LinkageBlocks {
  readonly blocks: readonly LinkageBlock[];
  /** What comes after all blocks. */
  readonly rest: Edges;
}

/**
 * Parts edges into blocks of at most `most` nodes that have nothing to do with each other until some distance, and the
 * rest, which comes last. Linking goes from near to far, so whoever takes one block after the other does the same as who
 * takes all edges in one go, but has all that a block needs within reach of the processor.
 *
 * A block grows along the edges, shortest first, until one would make it too large: there it ends, and so does every other
 * that this edge or a later one reaches it from.
 */
export function linkageBlocks({ ends, distances }: Edges, nodes: number, most: number): LinkageBlocks {
  const sets = createDisjointSets(nodes);
  const sizes = new Int32Array(nodes).fill(1);
  const until = new Float32Array(nodes).fill(Infinity);
  for (let at = 0; at < distances.length; at++) {
    const [a, b] = [sets.root(ends[2 * at] ?? 0), sets.root(ends[2 * at + 1] ?? 0)];
    if (a === b) continue;
    const size = (sizes[a] ?? 0) + (sizes[b] ?? 0);
    if (size <= most && until[a] === Infinity && until[b] === Infinity) {
      sets.join(a, b);
      sizes[sets.root(a)] = size;
      continue;
    }
    const distance = distances[at] ?? 0;
    for (const root of [a, b]) if (until[root] === Infinity) until[root] = distance;
  }
  /** The block of an edge, by the node that stands for it; `nodes` for the rest. */
  const blockOf = (at: number): number => {
    const root = sets.root(ends[2 * at] ?? 0);
    const isInside = (distances[at] ?? 0) < (until[root] ?? 0) && root === sets.root(ends[2 * at + 1] ?? 0);
    return isInside ? root : nodes;
  };
  const { starts, edges } = partBy(blockOf, { ends, distances }, nodes + 1);
  const part = (block: number): Edges => {
    const [from, to] = [starts[block] ?? 0, starts[block + 1] ?? 0];
    return { ends: edges.ends.subarray(2 * from, 2 * to), distances: edges.distances.subarray(from, to) };
  };
  const blocks: LinkageBlock[] = [];
  for (let node = 0; node < nodes; node++) {
    if (starts[node] !== starts[node + 1]) blocks.push({ edges: part(node), until: until[node] ?? Infinity });
  }
  return { blocks, rest: part(nodes) };
}

/** Edges of one part after the other, in their order within each, and where each of the parts 0 … count − 1 begins. */
function partBy(
  partOf: (at: number) => number,
  { ends, distances }: Edges,
  count: number,
): { readonly starts: Int32Array; readonly edges: Edges } {
  const starts = new Int32Array(count + 1);
  const own = new Int32Array(distances.length);
  for (let at = 0; at < own.length; at++) {
    const part = (own[at] = partOf(at));
    starts[part + 1] = (starts[part + 1] ?? 0) + 1;
  }
  for (let part = 0; part < count; part++) starts[part + 1] = (starts[part + 1] ?? 0) + (starts[part] ?? 0);
  const places = starts.slice();
  const edges = { ends: new Int32Array(ends.length), distances: new Float32Array(distances.length) };
  for (let at = 0; at < own.length; at++) {
    const part = own[at] ?? 0;
    const to = places[part] ?? 0;
    places[part] = to + 1;
    edges.ends[2 * to] = ends[2 * at] ?? 0;
    edges.ends[2 * to + 1] = ends[2 * at + 1] ?? 0;
    edges.distances[to] = distances[at] ?? 0;
  }
  return { starts, edges };
}
