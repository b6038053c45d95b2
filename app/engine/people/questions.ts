import type { EngineContext } from '../context.ts';
import { createTimeQueries } from '../db/times.ts';
import type { ReviewQueries } from '../db/review.ts';
import { settings } from '../settings.ts';
import { findQuestions, unitsOf, type Question } from './find-questions.ts';
import type { IndexFeed } from './index-feed.ts';
import { createEvidence } from './likelihood.ts';
import { looksOf } from './looks.ts';
import { asMap } from './pairs.ts';
import { readInSlices } from './read-in-slices.ts';
import { rowsInTime } from './rows-in-time.ts';

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
  const times = createTimeQueries(context.db.sql);
  return async (signal, supposing) => {
    const { thresholds } = context.recognition();
    const evidence = createEvidence(thresholds);
    await feed.ready();
    const open = unitsOf(await readInSlices((after, count) => review.openFaces(after, count), signal));
    const units = supposing ? open.filter((_, i) => supposing.units.has(open[i | 1] ?? 0)) : open;
    const named = await readInSlices((after, count) => review.namedFaces(after, count), signal);
    const supposed = supposing?.faces.flatMap((face) => [face, supposing.person]) ?? [];
    const days = await readInSlices((after, count) => times.namedDays(after, count), signal);
    const birthOf = asMap(times.births());
    const shown = Int32Array.from([...named, ...supposed]);
    const dayOf = asMap(days, times.daysOf(supposing?.faces ?? []));
    const { keys: people, looks } = looksOf(shown, { dayOf, birthOf });
    const radius = widestAsked * thresholds.pair;
    const rows = await context.index.nearestPeople({ units, people, radius }, signal);
    const involved = facesOf(new Set(rows.units), units);
    const near = rowsInTime(rows, looks, meanDays(units, asMap(times.daysOf(involved))), birthOf);
    const besides = review.besides(involved);
    const facts = { besides, rejected: review.rejected(), putOff: review.putOff() };
    return findQuestions({ near, units, ...facts, evidence }).filter((each) => each.likelihood >= leastAsked);
  };
}

/** The mean day of each unit's faces; of none whose faces are of so many years that they have several looks. */
function meanDays(units: Int32Array, dayOf: ReadonlyMap<number, number>): (unit: number) => number | undefined {
  const { looks } = looksOf(units, { dayOf, birthOf: new Map() });
  const days = new Map<number, number | undefined>();
  for (const { person: unit, day } of looks) days.set(unit, days.has(unit) ? undefined : (day ?? undefined));
  return (unit) => days.get(unit);
}

function facesOf(wanted: ReadonlySet<number>, units: Int32Array): number[] {
  const faces: number[] = [];
  for (let i = 0; i < units.length; i += 2) if (wanted.has(units[i + 1] ?? 0)) faces.push(units[i] ?? 0);
  return faces;
}
