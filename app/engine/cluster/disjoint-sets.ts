/** Sets that only grow: every number its own at first. */
export interface DisjointSets {
  /** The number that stands for the set of `node`. */
  root(node: number): number;
  /** False where the two are in one set already. */
  join(a: number, b: number): boolean;
}

/** Union-find with path halving (Tarjan and van Leeuwen 1984); the smallest number stands for its set. */
export function createDisjointSets(count: number): DisjointSets {
  const parent = Int32Array.from({ length: count }, (_, node) => node);
  const root = (node: number): number => {
    for (let above = parent[node] ?? node; above !== node; above = parent[node] ?? node) {
      const next = parent[above] ?? above;
      parent[node] = next;
      node = next;
    }
    return node;
  };
  return {
    root,
    join: (a, b) => {
      const [one, other] = [root(a), root(b)];
      if (one === other) return false;
      parent[Math.max(one, other)] = Math.min(one, other);
      return true;
    },
  };
}
