import type { Edges } from './edges.ts';

export interface DbscanInput {
  /** Edges up to at least `eps`. */
  readonly edges: Edges;
  readonly eps: number;
  /** Nodes within `eps`, the node itself counted, that make a core. */
  readonly minSamples: number;
  /** 1 for a node that may be core; the others can only be attached. */
  readonly eligible: Uint8Array;
}

/** `labels[i]` is the cluster of node i, −1 for noise; clusters are numbered by their first core. */
export interface DbscanResult {
  readonly labels: Int32Array;
  readonly core: Uint8Array;
}

/**
 * DBSCAN (Ester et al. 1996) on a graph. Where every node is eligible the cores and their labels are those of
 * scikit-learn; a border node goes to its nearest core, not to whichever cluster reaches it first.
 */
export function dbscan({ edges, eps, minSamples, eligible }: DbscanInput): DbscanResult {
  const { offsets, targets, distances } = edges;
  const count = eligible.length;
  const core = new Uint8Array(count);
  for (let node = 0; node < count; node++) {
    let within = 1;
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0) && (distances[at] ?? Infinity) <= eps; at++)
      within++;
    if (eligible[node] && within >= minSamples) core[node] = 1;
  }

  const labels = new Int32Array(count).fill(-1);
  const frontier: number[] = [];
  let clusters = 0;
  for (let seed = 0; seed < count; seed++) {
    if (!core[seed] || labels[seed] !== -1) continue;
    labels[seed] = clusters;
    frontier.push(seed);
    for (let node = frontier.pop(); node !== undefined; node = frontier.pop()) {
      for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0) && (distances[at] ?? Infinity) <= eps; at++) {
        const other = targets[at] ?? 0;
        if (!core[other] || labels[other] !== -1) continue;
        labels[other] = clusters;
        frontier.push(other);
      }
    }
    clusters++;
  }

  for (let node = 0; node < count; node++) {
    if (core[node]) continue;
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0) && (distances[at] ?? Infinity) <= eps; at++) {
      const other = targets[at] ?? 0;
      if (!core[other]) continue;
      labels[node] = labels[other] ?? -1;
      break;
    }
  }
  return { labels, core };
}
