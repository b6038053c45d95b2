import type { EngineContext } from '../context.ts';
import type { ReviewQueries } from '../db/review.ts';
import { settings } from '../settings.ts';
import { findQuestions, unitsOf, type Question } from './find-questions.ts';
import type { IndexFeed } from './index-feed.ts';
import { createEvidence } from './likelihood.ts';
import { readInSlices } from './read-in-slices.ts';

const { leastAsked, widestAsked } = settings.people;

/** What would be asked if faces were a person's already. */
export interface Supposing {
  readonly faces: readonly number[];
  readonly person: number;
  /** Asked of these units only: see `unitsOf`. */
  readonly units: ReadonlySet<number>;
}

/** What may be asked about who is who, in no order. */
export type FindQuestions = (signal: AbortSignal, supposing?: Supposing) => Promise<Question[]>;

export function createQuestions(context: EngineContext, review: ReviewQueries, feed: IndexFeed): FindQuestions {
  return async (signal, supposing) => {
    const { thresholds } = context.recognition();
    const evidence = createEvidence(thresholds);
    await feed.ready();
    const open = unitsOf(await readInSlices((after, count) => review.openFaces(after, count), signal));
    const units = supposing ? open.filter((_, i) => supposing.units.has(open[i | 1] ?? 0)) : open;
    const named = await readInSlices((after, count) => review.namedFaces(after, count), signal);
    const supposed = supposing?.faces.flatMap((face) => [face, supposing.person]) ?? [];
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
