import type { EngineContext } from '../context.ts';
import type { EstimateQueries } from '../db/estimates.ts';
import { settings } from '../settings.ts';
import { rightLikelihood, withoutItself } from './estimate.ts';
import { createEvidence } from './likelihood.ts';
import { readInSlices } from './read-in-slices.ts';

const { widestAsked, judgedAtOnce } = settings.people;

/** How likely each of some people's faces that nobody confirmed is right, by person. */
export type JudgeFaces = (
  isAsked: (person: number) => boolean,
  confirmed: ReadonlySet<number>,
  signal: AbortSignal,
) => Promise<Map<number, number[]>>;

/**
 * Every face is compared with its person and with all others, however many people are asked about: the faces go to the
 * index in portions.
 * @param indexReady resolves when the index can be asked
 */
export function createFaceJudge(
  context: EngineContext,
  queries: EstimateQueries,
  indexReady: () => Promise<void>,
): JudgeFaces {
  return async (isAsked, confirmed, signal) => {
    const { thresholds } = context.recognition();
    const evidence = createEvidence(thresholds);
    const shown = await readInSlices((after, count) => queries.shown(after, count), signal);
    const personOf = new Map<number, number>();
    const sizes = new Map<number, number>();
    for (let i = 0; i < shown.length; i += 2) {
      const [face, person] = [shown[i] ?? 0, shown[i + 1] ?? 0];
      if (!isAsked(person)) continue;
      sizes.set(person, (sizes.get(person) ?? 0) + 1);
      if (!confirmed.has(face)) personOf.set(face, person);
    }
    const judged = new Map<number, number[]>(Array.from(sizes.keys(), (person) => [person, []]));
    await indexReady();
    const faces = [...personOf.keys()];
    for (let first = 0; first < faces.length; first += judgedAtOnce) {
      const some = faces.slice(first, first + judgedAtOnce);
      const units = Int32Array.from(some.flatMap((face) => [face, face]));
      const radius = widestAsked * thresholds.pair;
      const near = await context.index.nearestPeople({ units, people: shown, radius }, signal);
      const own = new Map<number, number>();
      const other = new Map<number, number>();
      for (const [row, face] of near.units.entries()) {
        const average = near.averages[row] ?? Infinity;
        const person = personOf.get(face) ?? 0;
        if (near.people[row] === person) own.set(face, withoutItself(average, sizes.get(person) ?? 0));
        else other.set(face, Math.min(average, other.get(face) ?? Infinity));
      }
      for (const face of some) {
        const right = rightLikelihood(evidence(own.get(face) ?? Infinity), evidence(other.get(face) ?? Infinity));
        judged.get(personOf.get(face) ?? 0)?.push(right);
      }
    }
    return judged;
  };
}
