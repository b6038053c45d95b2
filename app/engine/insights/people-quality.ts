import type { PersonId } from '../../contract/ids.ts';
import type { PersonQuality } from '../../contract/measures.ts';
import type { Person } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createEstimateQueries } from '../db/estimates.ts';
import { createPeopleQueries } from '../db/people.ts';
import { createReviewQueries } from '../db/review.ts';
import { estimateMissing, estimatePrecision } from '../people/estimate.ts';
import { createFaceJudge } from '../people/judge-faces.ts';
import type { FindQuestions } from '../people/questions.ts';
import { readInSlices } from '../people/read-in-slices.ts';
import { settings } from '../settings.ts';

/** How well each named person with two faces or more is known: `people.estimate` of all at once, and who is near. */
export function createPeopleQuality(
  context: EngineContext,
  indexWhole: () => Promise<void>,
  questions: FindQuestions,
): Subject<'insights.people'> {
  const queries = createEstimateQueries(context.db.sql);
  const people = createPeopleQueries(context.db.sql);
  const review = createReviewQueries(context.db.sql);
  const judge = createFaceJudge(context, queries, indexWhole);

  /** The nearest other person of each, and the average distance (L2) between all faces of the two. */
  const nearest = async (signal: AbortSignal): Promise<Map<number, { id: number; distance: number }>> => {
    const faces = await readInSlices((after, count) => review.namedFaces(after, count), signal);
    const radius = settings.people.widestAsked * context.recognition().thresholds.pair;
    const near = await context.index.nearestPeople({ units: faces.slice(), people: faces, radius }, signal);
    const found = new Map<number, { id: number; distance: number }>();
    for (const [row, person] of near.units.entries()) {
      const [id, distance] = [near.people[row] ?? 0, near.averages[row] ?? Infinity];
      if (id !== person && distance < (found.get(person)?.distance ?? Infinity)) found.set(person, { id, distance });
    }
    return found;
  };

  return {
    handlers: {
      'insights.people': async (_, signal): Promise<PersonQuality[]> => {
        const named = people.list(false).filter(isMeasured);
        const nameOf = new Map<number, string>(named.map(({ id, name }) => [id, name]));
        const confirmed = await readInSlices((after, count) => queries.confirmedOfAll(after, count), signal);
        const confirmedFaces = new Set(confirmed.filter((_, i) => i % 2 === 0));
        const confirmedOf = countBy(confirmed.filter((_, i) => i % 2 === 1));
        const unchecked = await judge((person) => nameOf.has(person), confirmedFaces, signal);
        const removed = queries.removedOfAll();
        const asked = Map.groupBy(await questions(signal), ({ person }) => person);
        const near = await nearest(signal);
        return named.map(({ id, name, cover, faces }) => {
          const right = unchecked.get(id) ?? [];
          const sure = confirmedOf.get(id) ?? 0;
          const { value, low, high } = estimatePrecision(sure, removed.get(id) ?? 0, right);
          const other = near.get(id);
          const nearName = nameOf.get(other?.id ?? 0);
          return {
            ...{ id, name, cover, faces, confirmed: sure, precision: value, low, high },
            missing: estimateMissing(faces, asked.get(id) ?? []).value,
            nearest:
              other && nearName !== undefined
                ? { id: other.id as PersonId, name: nearName, distance: other.distance }
                : null,
          };
        });
      },
    },
  };
}

/** One face has no other of the person to be compared with. */
function isMeasured(person: Person): person is Person & { name: string } {
  return person.name !== null && person.faces > 1;
}

function countBy(values: Iterable<number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
