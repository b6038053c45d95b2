import { Failure } from '../../contract/errors.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createGroupingQueries } from '../db/grouping.ts';
import { createLabelledFaceQueries } from '../db/labelled-faces.ts';
import { labelledGroups, measureGroups } from '../insights/labelled-groups.ts';
import { unlabelledInput } from '../people/cluster-input.ts';
import { settings } from '../settings.ts';
import { distancesInUse } from './distances-in-words.ts';
import { readLabelled } from './read-labelled.ts';
import { namedParts, partCount, partsOf } from './subgroups.ts';

/**
 * Measures the recognition on the open library by what the user said: by the distances in use, and by the groups as
 * they would be had the user said nothing, because labels would make any groups right.
 * @param indexWhole resolves when the index holds every face
 */
export function createLibraryEvaluation(
  context: EngineContext,
  indexWhole: () => Promise<void>,
): Subject<'evaluate.library'> {
  const labelled = createLabelledFaceQueries(context.db.sql);
  const grouping = createGroupingQueries(context.db.sql);
  return {
    handlers: {
      'evaluate.library': async (_, signal) => {
        const faces = await readLabelled(labelled, settings.evaluate.labelledFaces, signal);
        const people = new Set(faces.map(({ person }) => person)).size;
        if (people < 2) throw tooFewPeople(people);
        await indexWhole();
        const { version, thresholds } = context.recognition();
        const { embedder, embeddingVersion } = context.packs();
        const { ids, parts, ...measures } = await context.index.judge(
          {
            ids: Int32Array.from(faces, ({ id }) => id),
            people: Int32Array.from(faces, ({ person }) => person),
            ways: partsOf(faces),
            parts: partCount,
          },
          signal,
        );
        const clustering = await context.index.cluster(unlabelledInput(grouping, thresholds), signal);
        return {
          ...measures,
          distances: distancesInUse(embedder, embeddingVersion, version),
          people,
          faces: ids.length,
          undetected: faces.length - ids.length,
          ...measureGroups(labelledGroups(faces, clustering)),
          subgroups: namedParts(parts),
        };
      },
    },
  };
}

function tooFewPeople(people: number): Failure {
  const there = people === 0 ? 'there is nobody with a name and two faces' : 'only one person has a name and two faces';
  return new Failure('bad-request', `${there}; give names to two people at least, then it can be measured`);
}
