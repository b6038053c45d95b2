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
  const parent = Int32Array.from(person, (_, node) => node);
  const members = Array.from(person, (_, node): number[] => [node]);
  const rejected = new Map<number, Set<number>>();
  for (const [node, people] of facts.rejected) rejected.set(node, new Set(people));

  const root = (node: number): number => {
    let top = node;
    while (parent[top] !== top) top = parent[top] ?? top;
    while (parent[node] !== top) {
      const next = parent[node] ?? top;
      parent[node] = top;
      node = next;
    }
    return top;
  };
  const membersOf = (node: number): number[] => members[node] ?? [];
  const isRejected = (group: number, who: number): boolean => who !== 0 && (rejected.get(group)?.has(who) ?? false);

  return {
    root,
    size: (group) => membersOf(group).length,
    members: membersOf,
    mayJoin: (a, b) => {
      const whoA = person[a] ?? 0;
      const whoB = person[b] ?? 0;
      if (whoA !== 0 && whoB !== 0 && whoA !== whoB) return false;
      if (isRejected(a, whoB) || isRejected(b, whoA)) return false;
      const [fewer, other] = membersOf(a).length < membersOf(b).length ? [a, b] : [b, a];
      return !membersOf(fewer).some((node) => apart.get(node)?.some((far) => root(far) === other));
    },
    join: (a, b) => {
      const [small, large] = membersOf(a).length < membersOf(b).length ? [a, b] : [b, a];
      parent[small] = large;
      for (const node of membersOf(small)) membersOf(large).push(node);
      members[small] = [];
      if (person[large] === 0) person[large] = person[small] ?? 0;
      const also = rejected.get(small);
      if (also) rejected.set(large, new Set([...(rejected.get(large) ?? []), ...also]));
      return large;
    },
  };
}
