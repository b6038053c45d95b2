import type { EngineContext, Subject } from '../context.ts';
import { createEstimateQueries } from '../db/estimates.ts';
import type { PeopleQueries } from '../db/people.ts';
import { settings } from '../settings.ts';
import { estimateMissing, estimatePrecision, rightLikelihood, withoutItself } from './estimate.ts';
import type { IndexFeed } from './index-feed.ts';
import { createEvidence } from './likelihood.ts';
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

  /** For each face of the person that nobody has confirmed how likely it is right. */
  const judge = async (person: number, confirmed: ReadonlySet<number>, signal: AbortSignal): Promise<number[]> => {
    const { thresholds } = context.recognition();
    const evidence = createEvidence(thresholds);
    const shown = await readInSlices((after, count) => queries.shown(after, count), signal);
    const faces: number[] = [];
    for (let i = 0; i < shown.length; i += 2) if (shown[i + 1] === person) faces.push(shown[i] ?? 0);
    const units = Int32Array.from(faces.filter((face) => !confirmed.has(face)).flatMap((face) => [face, face]));
    await feed.ready();
    const near = await context.index.nearestPeople(
      { units, people: shown, radius: widestAsked * thresholds.pair },
      signal,
    );
    const own = new Map<number, number>();
    const other = new Map<number, number>();
    for (const [row, face] of near.units.entries()) {
      const average = near.averages[row] ?? Infinity;
      if (near.people[row] === person) own.set(face, withoutItself(average, faces.length));
      else other.set(face, Math.min(average, other.get(face) ?? Infinity));
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
