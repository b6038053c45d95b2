import type { EngineContext } from '../context.ts';
import type { ReviewQueries } from '../db/review.ts';
import { settings } from '../settings.ts';
import { findQuestions, unitsOf, type Question } from './find-questions.ts';
import type { IndexFeed } from './index-feed.ts';
import { createEvidence } from './likelihood.ts';
import { readInSlices } from './read-in-slices.ts';

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
    const open = await readInSlices((after, count) => review.openFaces(after, count), signal);
    const units = unitsOf(open).filter((_, i, all) => !taken.has(all[i - (i % 2)] ?? 0));
    const named = await readInSlices((after, count) => review.namedFaces(after, count), signal);
    const people = Int32Array.from([...named, ...supposed]);
    const radius = widestAsked * thresholds.pair;
    const near = await context.index.nearestPeople({ units, people, radius }, signal);
    const besides = review.besides(facesOf(new Set(near.units), units));
    const facts = { besides, rejected: review.rejected(), putOff: review.putOff() };
    return findQuestions({ near, units, ...facts, evidence }).filter((each) => each.likelihood >= leastAsked);
  };
}

function facesOf(wanted: ReadonlySet<number>, units: Int32Array): number[] {
  const faces: number[] = [];
  for (let i = 0; i < units.length; i += 2) if (wanted.has(units[i + 1] ?? 0)) faces.push(units[i] ?? 0);
  return faces;
}
