import type { EngineContext } from '../context.ts';
import type { ReviewQueries } from '../db/review.ts';
import { settings } from '../settings.ts';
import { findQuestions, unitsOf, type Question } from './find-questions.ts';
import type { IndexFeed } from './index-feed.ts';
import { createEvidence } from './likelihood.ts';

const { leastAsked, widestAsked } = settings.people;

/** Faces that count as one person's for now: a face, a person, … */
export type Supposed = readonly number[];

/** What may be asked about who is who, in no order. `supposed` faces count as faces of their person already. */
export type FindQuestions = (signal: AbortSignal, supposed?: Supposed) => Promise<Question[]>;

export function createQuestions(context: EngineContext, review: ReviewQueries, feed: IndexFeed): FindQuestions {
  return async (signal, supposed = []) => {
    const { thresholds } = context.packs().embedder;
    const evidence = createEvidence(thresholds);
    await feed.ready();
    const taken = new Map<number, number>();
    for (let i = 0; i < supposed.length; i += 2) taken.set(supposed[i] ?? 0, supposed[i + 1] ?? 0);
    const units = unitsOf(review.openFaces()).filter((_, i, all) => !taken.has(all[i - (i % 2)] ?? 0));
    const people = Int32Array.from([...review.namedFaces(), ...supposed]);
    const radius = widestAsked * thresholds.pair;
    const near = await context.index.nearestPeople({ units, people, radius }, signal);
    const facts = { besides: review.besides(), rejected: review.rejected(), putOff: review.putOff() };
    return findQuestions({ near, units, ...facts, evidence }).filter((each) => each.likelihood >= leastAsked);
  };
}
