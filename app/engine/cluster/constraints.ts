/** What the user said and what the photos tell about nodes 0 … count − 1. */
export interface Facts {
  /** Person that a node is labelled as, 0 for none. */
  readonly person: Int32Array;
  /** People that a node is not. */
  readonly rejected: ReadonlyMap<number, ReadonlySet<number>>;
  /** Nodes that a node must not be grouped with. */
  readonly apart: ReadonlyMap<number, readonly number[]>;
}

/** Groups that only grow, and whether two of them may become one. */
export interface ConstrainedGroups {
  /** The node that stands for the group of `node`. */
  root(node: number): number;
  size(root: number): number;
  members(root: number): readonly number[];
  /** Forbidden once is forbidden for good: a larger group has the same facts and more. */
  mayJoin(a: number, b: number): boolean;
  /** Gives the root of the joined group. */
  join(a: number, b: number): number;
}

/** Every node a group of its own. */
export function createGroups(facts: Facts): ConstrainedGroups {
  const { apart } = facts;
  const person = facts.person.slice();
  const rootOf = Int32Array.from(person, (_, node) => node);
  const sizes = new Int32Array(person.length).fill(1);
  /** The members of a group are a chain that begins at its root; −1 at its end. */
  const nextOf = new Int32Array(person.length).fill(-1);
  const lastOf = rootOf.slice();
  const rejected = new Map<number, Set<number>>();
  for (const [node, people] of facts.rejected) rejected.set(node, new Set(people));

  const root = (node: number): number => rootOf[node] ?? node;
  const size = (group: number): number => sizes[group] ?? 0;
  const after = (node: number): number => nextOf[node] ?? -1;
  const isRejected = (group: number, who: number): boolean => who !== 0 && (rejected.get(group)?.has(who) ?? false);
  const isApart = (group: number, other: number): boolean => {
    for (let node = group; node >= 0; node = after(node)) {
      if (apart.get(node)?.some((far) => rootOf[far] === other)) return true;
    }
    return false;
  };

  return {
    root,
    size,
    members: (group) => {
      const members: number[] = [];
      for (let node = group; node >= 0; node = after(node)) members.push(node);
      return members;
    },
    mayJoin: (a, b) => {
      const whoA = person[a] ?? 0;
      const whoB = person[b] ?? 0;
      if (whoA !== 0 && whoB !== 0 && whoA !== whoB) return false;
      if (isRejected(a, whoB) || isRejected(b, whoA)) return false;
      if (apart.size === 0) return true;
      return size(a) < size(b) ? !isApart(a, b) : !isApart(b, a);
    },
    join: (a, b) => {
      const [small, large] = size(a) < size(b) ? [a, b] : [b, a];
      // The smaller is renamed, so no node is renamed more often than groups double.
      for (let node = small; node >= 0; node = after(node)) rootOf[node] = large;
      nextOf[lastOf[large] ?? large] = small;
      lastOf[large] = lastOf[small] ?? small;
      sizes[large] = size(large) + size(small);
      if (person[large] === 0) person[large] = person[small] ?? 0;
      const also = rejected.get(small);
      if (also) rejected.set(large, new Set([...(rejected.get(large) ?? []), ...also]));
      return large;
    },
  };
}
