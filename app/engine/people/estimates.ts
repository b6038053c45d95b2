import type { EngineContext, Subject } from '../context.ts';
import { createEstimateQueries } from '../db/estimates.ts';
import { createTimeQueries } from '../db/times.ts';
import type { PeopleQueries } from '../db/people.ts';
import { settings } from '../settings.ts';
import { estimateMissing, estimatePrecision, rightLikelihood, withoutItself } from './estimate.ts';
import type { IndexFeed } from './index-feed.ts';
import { createEvidence } from './likelihood.ts';
import { looksOf } from './looks.ts';
import { asMap } from './pairs.ts';
import { personMissing } from './people-pages.ts';
import type { FindQuestions } from './questions.ts';
import { readInSlices } from './read-in-slices.ts';

const { widestAsked } = settings.people;

/** How well a person is known: how many of the faces are right, and how many are still missing. */
export function createEstimates(
  context: EngineContext,
  people: PeopleQueries,
  feed: IndexFeed,
  questions: FindQuestions,
): Subject<'people.estimate'> {
  const queries = createEstimateQueries(context.db.sql);
  const times = createTimeQueries(context.db.sql);

  /** The look that each of a person's faces belongs to: a child's faces are judged by the child's. */
  const looksOfFaces = (faces: readonly number[], person: number): Map<number, number> => {
    const pairs = Int32Array.from(faces.flatMap((face) => [face, person]));
    return asMap(looksOf(pairs, { dayOf: asMap(times.daysOf(faces)), birthOf: asMap(times.births()) }).keys);
  };

  /** For each face of the person that nobody has confirmed how likely it is right. */
  const judge = async (person: number, confirmed: ReadonlySet<number>, signal: AbortSignal): Promise<number[]> => {
    const { thresholds } = context.packs().embedder;
    const evidence = createEvidence(thresholds);
    const shown = await readInSlices((after, count) => queries.shown(after, count), signal);
    const faces: number[] = [];
    for (let i = 0; i < shown.length; i += 2) if (shown[i + 1] === person) faces.push(shown[i] ?? 0);
    const lookOf = looksOfFaces(faces, person);
    const sizes = Map.groupBy(lookOf.values(), (look) => look);
    // Looks of the person below zero, beside everybody else.
    const people = shown.map((value, i) =>
      value === person && i % 2 === 1 ? -(lookOf.get(shown[i - 1] ?? 0) ?? 0) : value,
    );
    const units = Int32Array.from(faces.filter((face) => !confirmed.has(face)).flatMap((face) => [face, face]));
    await feed.ready();
    const near = await context.index.nearestPeople({ units, people, radius: widestAsked * thresholds.pair }, signal);
    const own = new Map<number, number>();
    const other = new Map<number, number>();
    for (const [row, face] of near.units.entries()) {
      const average = near.averages[row] ?? Infinity;
      const look = -(near.people[row] ?? 0);
      const size = sizes.get(look)?.length ?? 0;
      if (look < 0) other.set(face, Math.min(average, other.get(face) ?? Infinity));
      else if (lookOf.get(face) !== look) own.set(face, Math.min(average, own.get(face) ?? Infinity));
      else if (size > 1) own.set(face, Math.min(withoutItself(average, size), own.get(face) ?? Infinity));
    }
    return faces
      .filter((face) => !confirmed.has(face))
      .map((face) => rightLikelihood(evidence(own.get(face) ?? Infinity), evidence(other.get(face) ?? Infinity)));
  };

  return {
    handlers: {
      'people.estimate': async ({ id }, signal) => {
        const person = people.get(id);
        if (!person) throw personMissing();
        // One face has no other of the person to be compared with.
        if (person.name === null || person.faces < 2) return null;
        const confirmed = new Set(queries.confirmed(id));
        const removed = queries.removed(id);
        const unchecked = await judge(id, confirmed, signal);
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
