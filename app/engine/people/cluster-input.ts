import type { GroupingQueries } from '../db/grouping.ts';
import type { Link } from '../cluster/linked-faces.ts';
import { settings } from '../settings.ts';
import type { ClusterInput } from '../vector/index-service.ts';

const { minSamples, coreQuality } = settings.cluster;

type Distances = Pick<ClusterInput, 'eps' | 'acceptance'>;

/** What the library is grouped by: the photos, and all that the user said. */
export function clusterInput(queries: GroupingQueries, { eps, acceptance }: Distances): ClusterInput {
  const facts = { labels: queries.labelPairs(), rejections: queries.rejectionPairs() };
  const core = queries.facesOfQuality(coreQuality);
  const pairs = pairFacts(queries.samePhoto(), facts.labels, queries.links());
  return { eps, acceptance, minSamples, core, ...pairs, ...facts };
}

/**
 * What it would be grouped by if the user had said nothing. To measure groups by the labels that made them would find
 * them right whatever the distances are.
 */
export function unlabelledInput(queries: GroupingQueries, { eps, acceptance }: Distances): ClusterInput {
  const none = new Int32Array(0);
  return {
    eps,
    acceptance,
    minSamples,
    core: queries.facesOfQuality(coreQuality),
    ...pairFacts(queries.samePhoto(), none, []),
    labels: none,
    rejections: none,
  };
}

/** Pairs that must or must not share a group: two faces of one photo may where the user said so, of them or of both. */
function pairFacts(
  samePhoto: Int32Array,
  labels: Int32Array,
  links: readonly Link[],
): Pick<ClusterInput, 'mustLink' | 'cannotLink'> {
  const labelOf = new Map<number, number>();
  for (let i = 0; i < labels.length; i += 2) labelOf.set(labels[i] ?? 0, labels[i + 1] ?? 0);
  const same = links.filter((link) => link.same);
  const linked = new Set(same.map(({ a, b }) => `${a} ${b}`));
  const cannotLink = links.filter((link) => !link.same).flatMap(({ a, b }) => [a, b]);
  for (let i = 0; i < samePhoto.length; i += 2) {
    const [a, b] = [samePhoto[i] ?? 0, samePhoto[i + 1] ?? 0];
    const who = labelOf.get(a);
    if ((who !== undefined && who === labelOf.get(b)) || linked.has(`${a} ${b}`)) continue;
    cannotLink.push(a, b);
  }
  return { mustLink: Int32Array.from(same.flatMap(({ a, b }) => [a, b])), cannotLink: Int32Array.from(cannotLink) };
}
