import { setImmediate } from 'node:timers/promises';

import type { EngineContext } from '../context.ts';
import type { EstimateQueries } from '../db/estimates.ts';
import { createTimeQueries } from '../db/times.ts';
import { settings } from '../settings.ts';
import type { NearestPeople } from '../vector/nearest-people.ts';
import { rightLikelihood, withoutItself } from './estimate.ts';
import { createEvidence } from './likelihood.ts';
import { looksOf, type Look } from './looks.ts';
import { asMap } from './pairs.ts';
import { readInSlices } from './read-in-slices.ts';

const { widestAsked, judgedAtOnce } = settings.people;

/** How likely each of some people's faces that nobody confirmed is right, by person. */
export type JudgeFaces = (
  isAsked: (person: number) => boolean,
  confirmed: ReadonlySet<number>,
  signal: AbortSignal,
) => Promise<Map<number, number[]>>;

/** The looks of the people who are asked about: a child's faces are judged by the child's. */
interface AskedLooks {
  readonly looks: readonly Look[];
  /** The look, from 1 on, of each face of theirs. */
  readonly lookOf: ReadonlyMap<number, number>;
  /** Faces of each look. */
  readonly sizes: ReadonlyMap<number, number>;
}

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
  const times = createTimeQueries(context.db.sql);

  const looksAmong = async (pairs: Int32Array): Promise<AskedLooks> => {
    const faces = Array.from(pairs).filter((_, i) => i % 2 === 0);
    const days: Int32Array[] = [];
    for (const some of portions(faces)) {
      days.push(times.daysOf(some));
      await setImmediate();
    }
    const { keys, looks } = looksOf(pairs, { dayOf: asMap(...days), birthOf: asMap(times.births()) });
    const lookOf = asMap(keys);
    const sizes = new Map<number, number>();
    for (const look of lookOf.values()) sizes.set(look, (sizes.get(look) ?? 0) + 1);
    return { looks, lookOf, sizes };
  };

  return async (isAsked, confirmed, signal) => {
    const { thresholds } = context.recognition();
    const evidence = createEvidence(thresholds);
    const shown = await readInSlices((after, count) => queries.shown(after, count), signal);
    const asked = await looksAmong(shown.filter((_, i) => isAsked(shown[i | 1] ?? 0)));
    // Looks below zero, beside everybody else.
    const people = shown.map((value, i) => (i % 2 === 1 ? -(asked.lookOf.get(shown[i - 1] ?? 0) ?? -value) : value));
    const judged = new Map<number, number[]>(asked.looks.map(({ person }) => [person, []]));
    await indexReady();
    for (const some of portions([...asked.lookOf.keys()].filter((face) => !confirmed.has(face)))) {
      const units = Int32Array.from(some.flatMap((face) => [face, face]));
      const radius = widestAsked * thresholds.pair;
      const near = await context.index.nearestPeople({ units, people, radius }, signal);
      const { own, other } = nearestOwnAndOther(near, asked);
      for (const face of some) {
        const right = rightLikelihood(evidence(own.get(face) ?? Infinity), evidence(other.get(face) ?? Infinity));
        judged.get(personOf(face, asked))?.push(right);
      }
    }
    return judged;
  };
}

/** The average distance of each face to the nearest look of its person, without itself, and to the nearest of others. */
function nearestOwnAndOther(near: NearestPeople, asked: AskedLooks): Record<'own' | 'other', Map<number, number>> {
  const own = new Map<number, number>();
  const other = new Map<number, number>();
  const take = (into: Map<number, number>, face: number, distance: number): unknown =>
    into.set(face, Math.min(distance, into.get(face) ?? Infinity));
  for (const [row, face] of near.units.entries()) {
    const average = near.averages[row] ?? Infinity;
    const look = -(near.people[row] ?? 0);
    const size = asked.sizes.get(look) ?? 0;
    if (asked.looks[look - 1]?.person !== personOf(face, asked)) take(other, face, average);
    else if (asked.lookOf.get(face) !== look) take(own, face, average);
    else if (size > 1) take(own, face, withoutItself(average, size));
  }
  return { own, other };
}

function personOf(face: number, { looks, lookOf }: AskedLooks): number {
  return looks[(lookOf.get(face) ?? 0) - 1]?.person ?? 0;
}

function portions(faces: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(faces.length / judgedAtOnce) }, (_, i) =>
    faces.slice(i * judgedAtOnce, (i + 1) * judgedAtOnce),
  );
}
