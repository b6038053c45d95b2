import type { EngineContext } from '../context.ts';
import { createTimeQueries } from '../db/times.ts';
import { settings } from '../settings.ts';
import { createEvidence } from './likelihood.ts';
import { areOfOneTime, looksOf, yearOf } from './looks.ts';
import { asMap } from './pairs.ts';
import { rowsInTime, type NearPerson } from './rows-in-time.ts';

const { widestAsked } = settings.people;
const { lookShare, leastRarity } = settings.people.ages;

/** How somebody compares with another when it is taken into account when their faces are from. */
export interface AlikeLooks {
  /** Both are known from the same years, and look different in them. */
  readonly differ: boolean;
  /** Both are known from different years only, and are as alike as two people rarely are. */
  readonly across: {
    /** The years; null where nobody knows. */
    readonly own: number | null;
    readonly other: number | null;
    /** L2 between the looks. */
    readonly distance: number;
    /** One pair of different people in so many is as alike. */
    readonly oneIn: number;
  } | null;
}

type CompareLooks = (
  faces: readonly number[],
  others: ReadonlyMap<number, readonly number[]>,
  signal: AbortSignal,
) => Promise<Map<number, AlikeLooks>>;

/** Compares the faces of somebody with those of each of `others`, by what all of them looked like in their years. */
export function createAlikeLooks(context: EngineContext): CompareLooks {
  const times = createTimeQueries(context.db.sql);
  return async (faces, others, signal) => {
    const { thresholds } = context.recognition();
    const evidence = createEvidence(thresholds);
    const known = {
      dayOf: asMap(times.daysOf([...faces, ...[...others.values()].flat()])),
      birthOf: asMap(times.births()),
    };
    const own = looksOf(Int32Array.from(faces.flatMap((face) => [face, 1])), known);
    const theirs = [...others].flatMap(([person, some]) => some.flatMap((face) => [face, person]));
    const { keys: people, looks } = looksOf(Int32Array.from(theirs), known);
    const radius = widestAsked * thresholds.pair;
    const rows = await context.index.nearestPeople({ units: own.keys, people, radius }, signal);
    const dayOf = (look: number): number | undefined => own.looks[look - 1]?.day ?? undefined;
    const near = Map.groupBy(rowsInTime(rows, looks, dayOf, known.birthOf), ({ person }) => person);

    const compare = (person: number): AlikeLooks => {
      const some = near.get(person) ?? [];
      const that = looks.filter((look) => look.person === person);
      const ofOneTime = areOfOneTime(own.looks, that, known.birthOf);
      const changes = own.looks.length > 1 || that.length > 1;
      const isSame = ({ otherDay, average }: NearPerson): boolean =>
        otherDay === null && average <= thresholds.acceptance;
      const [first] = some.toSorted((a, b) => a.look - b.look);
      const rarity = first ? evidence(lookShare * first.look) : 0;
      const yearOfLook = (day: number | null = null): number | null => (day === null ? null : yearOf(day));
      return {
        differ: ofOneTime && changes && !some.some(isSame),
        across:
          first && !ofOneTime && rarity >= leastRarity
            ? {
                own: yearOfLook(dayOf(first.unit)),
                other: yearOfLook(first.otherDay),
                distance: first.look,
                oneIn: 10 ** rarity,
              }
            : null,
      };
    };
    return new Map(Array.from(others.keys(), (person) => [person, compare(person)]));
  };
}
