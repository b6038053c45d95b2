import type { EngineContext, Subject } from '../context.ts';
import { createEstimateQueries } from '../db/estimates.ts';
import type { PeopleQueries } from '../db/people.ts';
import { estimateMissing, estimatePrecision } from './estimate.ts';
import type { IndexFeed } from './index-feed.ts';
import { createFaceJudge } from './judge-faces.ts';
import { personMissing } from './people-pages.ts';
import type { FindQuestions } from './questions.ts';

/** How well a person is known: how many of the faces are right, and how many are still missing. */
export function createEstimates(
  context: EngineContext,
  people: PeopleQueries,
  feed: IndexFeed,
  questions: FindQuestions,
): Subject<'people.estimate'> {
  const queries = createEstimateQueries(context.db.sql);

  const judge = createFaceJudge(context, queries, () => feed.ready());

  return {
    handlers: {
      'people.estimate': async ({ id }, signal) => {
        const person = people.get(id);
        if (!person) throw personMissing();
        // One face has no other of the person to be compared with.
        if (person.name === null || person.faces < 2) return null;
        const confirmed = new Set(queries.confirmed(id));
        const removed = queries.removed(id);
        const unchecked = (await judge((who) => who === id, confirmed, signal)).get(id) ?? [];
        const asked = (await questions(signal)).filter((question) => question.person === id);
        return {
          faces: confirmed.size + unchecked.length,
          confirmed: confirmed.size,
          removed,
          precision: estimatePrecision(confirmed.size, removed, unchecked),
          missing: estimateMissing(person.faces, asked),
          asked: asked.length,
        };
      },
    },
  };
}
