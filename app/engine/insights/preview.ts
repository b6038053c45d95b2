import { Failure } from '../../contract/errors.ts';
import type { GroupingDistances, ThresholdPreview } from '../../contract/measures.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createGroupingQueries } from '../db/grouping.ts';
import { createLabelledFaceQueries } from '../db/labelled-faces.ts';
import { readLabelled } from '../evaluate/read-labelled.ts';
import { clusterInput, unlabelledInput } from '../people/cluster-input.ts';
import { proposeGroups } from '../people/proposal.ts';
import type { Clustering } from '../vector/index-service.ts';
import { countBy } from './count-by.ts';
import { expectedFalsePairs, mixedPeople, pairsOf } from './expected-false-pairs.ts';
import { labelledGroups, measureGroups, type LabelledGroups } from './labelled-groups.ts';

/**
 * What grouping by certain distances would give. Nothing is written. Two clusterings tell: one by all that the user
 * said, which is what would be shown, and one as if nothing had been said, which labels can judge.
 */
export function createPreview(context: EngineContext, indexReady: () => Promise<void>): Subject<'insights.preview'> {
  const grouping = createGroupingQueries(context.db.sql);
  const labelled = createLabelledFaceQueries(context.db.sql);

  const moves = async (clustering: Clustering, signal: AbortSignal) => {
    // What is said meanwhile shows in the next preview.
    const proposal = await proposeGroups(grouping, clustering, () => true, signal);
    const named = grouping.namedPeople();
    const people = new Set<number>();
    let moved = 0;
    for (const [at, from] of proposal?.shown.entries() ?? []) {
      const to = proposal?.wanted[at] ?? 0;
      if (from === to || !named.has(from)) continue;
      moved++;
      people.add(from);
      if (named.has(to)) people.add(to);
    }
    return { moved, peopleTouched: people.size };
  };

  return {
    handlers: {
      'insights.preview': async (distances, signal) => {
        await indexReady();
        const faces = await readLabelled(labelled, Infinity, signal);
        const said = clusterInput(grouping, distances);
        // The same faces may be core, so the two have DBSCAN and the edges in common.
        const unsaid = { ...unlabelledInput(grouping, distances), core: said.core };
        const [clustering, free] = await context.index.clusterBy([said, unsaid], signal);
        if (!clustering || !free) throw new Failure('internal', 'a preview lacks its groups');
        const { ids, clusters } = clustering;
        const { acceptance } = distances;
        const doubtful = await context.index.doubtful({ ids, clusters, acceptance }, signal);
        return {
          distances,
          ...countGroups(clusters),
          doubtful,
          ...(await moves(clustering, signal)),
          ...judge(labelledGroups(faces, free), clusters),
        };
      },
    },
  };
}

function countGroups(clusters: Int32Array): Pick<ThresholdPreview, 'groups' | 'alone'> {
  const alone = clusters.reduce((count, cluster) => count + (cluster < 0 ? 1 : 0), 0);
  return { groups: new Set(clusters).size - Number(alone > 0), alone };
}

/** @param clusters groups by all that the user said, of the whole library */
function judge(
  labelled: LabelledGroups,
  clusters: Int32Array,
): Pick<ThresholdPreview, 'merged' | 'falsePairs' | 'falsePairsLow' | 'falsePairsHigh' | 'bcubed'> {
  const mixed = mixedPeople(labelled);
  const sizes = countBy(clusters.filter((cluster) => cluster >= 0)).values();
  const grouped = [...sizes].reduce((sum, size) => sum + pairsOf(size), 0);
  const open = Math.max(0, pairsOf(clusters.length) - mixed.different);
  const expected = expectedFalsePairs(mixed, new Set(labelled.people).size, open, grouped);
  return {
    merged: mixed.people,
    falsePairs: expected?.value ?? null,
    falsePairsLow: expected?.low ?? null,
    falsePairsHigh: expected?.high ?? null,
    bcubed: expected ? measureGroups(labelled).bcubed : null,
  };
}

/** Only those of the thresholds that group. */
export function groupingDistances({ eps, acceptance }: GroupingDistances): GroupingDistances {
  return { eps, acceptance };
}
