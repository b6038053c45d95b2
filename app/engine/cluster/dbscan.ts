import { createDisjointSets } from './disjoint-sets.ts';
import type { Edges } from './edges.ts';

export interface DbscanRules {
  /** Points within eps, the point itself counted, that make a core. */
  readonly minSamples: number;
  /** 1 for a point that may be core; the others can only be attached. */
  readonly eligible: Uint8Array;
}

/** `labels[i]` is the cluster of point i, −1 for noise; clusters are numbered by their first core. */
export interface DbscanResult {
  readonly labels: Int32Array;
  readonly core: Uint8Array;
}

/** DBSCAN of points whose near pairs come one by one, each once, in any order. */
export interface Dbscan {
  /** The two lie within eps. True where this joins two clusters that were apart until now. */
  near(a: number, b: number): boolean;
  /**
   * A number that two points share while both are known as cores of one cluster: that such two lie near each other says
   * nothing new.
   */
  clusterOf(point: number): number;
  result(): DbscanResult;
}

/**
 * DBSCAN (Ester et al. 1996) without a list of neighbours: a point counts its near ones, two cores are one cluster. A
 * pair whose ends are not both known as cores waits; few do, because a point is core after `minSamples` pairs. Where
 * every point is eligible the labels are those of scikit-learn: a border point goes to the first cluster it touches.
 */
export function createDbscan({ minSamples, eligible }: DbscanRules): Dbscan {
  const count = eligible.length;
  const within = new Int32Array(count).fill(1);
  const clusters = createDisjointSets(count);
  const waiting: number[] = [];
  const isCore = (point: number): boolean => eligible[point] === 1 && (within[point] ?? 0) >= minSamples;

  return {
    clusterOf: (point) => (isCore(point) ? clusters.root(point) : -1 - point),
    near: (a, b) => {
      within[a] = (within[a] ?? 0) + 1;
      within[b] = (within[b] ?? 0) + 1;
      if (isCore(a) && isCore(b)) return clusters.join(a, b);
      waiting.push(a, b);
      return false;
    },
    result: () => {
      const core = Uint8Array.from({ length: count }, (_, point) => Number(isCore(point)));
      for (let at = 0; at < waiting.length; at += 2) {
        const [a, b] = [waiting[at] ?? 0, waiting[at + 1] ?? 0];
        if (core[a] && core[b]) clusters.join(a, b);
      }
      const labels = new Int32Array(count).fill(-1);
      let found = 0;
      for (let point = 0; point < count; point++) {
        // The first core of a cluster is its root: only cores were joined, and the smallest stands for all.
        if (core[point])
          labels[point] = clusters.root(point) === point ? found++ : (labels[clusters.root(point)] ?? -1);
      }
      for (let at = 0; at < waiting.length; at += 2) {
        attach(labels, core, waiting[at] ?? 0, waiting[at + 1] ?? 0);
        attach(labels, core, waiting[at + 1] ?? 0, waiting[at] ?? 0);
      }
      return { labels, core };
    },
  };
}

function attach(labels: Int32Array, core: Uint8Array, border: number, to: number): void {
  if (core[border] || !core[to]) return;
  const [own, other] = [labels[border] ?? -1, labels[to] ?? -1];
  if (own < 0 || other < own) labels[border] = other;
}

/** DBSCAN on a graph with edges up to at least `eps`. */
export function dbscan({
  edges: { ends, distances },
  eps,
  ...rules
}: DbscanRules & { readonly edges: Edges; readonly eps: number }): DbscanResult {
  const scan = createDbscan(rules);
  for (let at = 0; at < distances.length && (distances[at] ?? Infinity) <= eps; at++) {
    scan.near(ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0);
  }
  return scan.result();
}
