import { settings } from '../settings.ts';
import type { NearestPeople } from '../vector/nearest-people.ts';
import { isNear, spanOf, type Look, type Times } from './looks.ts';

const { decidingFaces } = settings.people.ages;

/** A unit of faces without a name beside a named person, in the years that speak for the two best. */
export interface NearPerson {
  readonly unit: number;
  readonly person: number;
  /** The unit's face and the person's that lie nearest to one another, L2. */
  readonly face: number;
  readonly nearest: number;
  readonly distance: number;
  /** L2 on the average between all of the unit's faces and the person's of those years. */
  readonly average: number;
  /** L2 between what the two look like: see `NearestPeople.looks`. */
  readonly look: number;
  /** Mean day of the person's faces, since 1970, where they are of other years than the unit; else null. */
  readonly otherDay: number | null;
}

/** A unit beside one of the looks of a person. */
export interface LookRow extends Omit<NearPerson, 'person' | 'otherDay'> {
  readonly shown: Look;
}

/**
 * Of the rows of a unit with each look of a person the one that counts: see `rowThatCounts`.
 * @param near its people are looks, as `looksOf` numbers them
 * @param dayOfUnit undefined where nobody knows when its faces were taken
 */
export function rowsInTime(
  near: NearestPeople,
  looks: readonly Look[],
  dayOfUnit: (unit: number) => number | undefined,
  birthOf: Times['birthOf'],
): NearPerson[] {
  const spans = decidingSpans(looks, birthOf);
  return [...rowsByPair(near, looks).values()].flatMap((rows) => {
    const [{ unit, shown }] = rows as [LookRow];
    return rowThatCounts(rows, dayOfUnit(unit), spans.get(shown.person) ?? [], birthOf) ?? [];
  });
}

/**
 * What is known of the same years decides alone, even where it is too far away for a row: that is how a child is told from
 * its mother, whom it resembles as she once was, and from a brother of its age. Where nothing is known of those years, the
 * look that is most alike counts, whatever its time.
 * @param rows of one unit, with looks of one person
 * @param day of the unit; undefined where nobody knows when its faces were taken
 * @param decidingSpans of the person: see `decidingSpans`
 */
export function rowThatCounts(
  rows: readonly LookRow[],
  day: number | undefined,
  decidingSpans: readonly number[],
  birthOf: Times['birthOf'],
): NearPerson | undefined {
  const person = rows[0]?.shown.person;
  if (day === undefined || person === undefined) return best(rows);
  if (day < (birthOf.get(person) ?? -Infinity)) return undefined;
  const at = spanOf(person, day, birthOf);
  const isThen = (span: number): boolean => isNear(span, at);
  const isOfThen = (then: number | null): boolean => then !== null && isThen(spanOf(person, then, birthOf));
  if (!decidingSpans.some(isThen)) return best(rows, isOfThen);
  return best(rows.filter((row) => isOfThen(row.shown.day)));
}

/** The row whose looks are most alike. `isOfThen`: whether a day is of the unit's years. */
function best(
  rows: readonly LookRow[],
  isOfThen: (day: number | null) => boolean = () => true,
): NearPerson | undefined {
  const [first] = rows.toSorted((a, b) => a.look - b.look || (a.shown.day ?? 0) - (b.shown.day ?? 0));
  if (!first) return undefined;
  const { shown, ...row } = first;
  return { ...row, person: shown.person, otherDay: isOfThen(shown.day) ? null : shown.day };
}

function rowsByPair(near: NearestPeople, looks: readonly Look[]): Map<string, LookRow[]> {
  const pairs = new Map<string, LookRow[]>();
  for (const [row, unit] of near.units.entries()) {
    const shown = looks[(near.people[row] ?? 0) - 1];
    if (!shown) continue;
    const key = `${unit} ${shown.person}`;
    const rows = pairs.get(key) ?? [];
    if (rows.length === 0) pairs.set(key, rows);
    rows.push(lookRow(near, row, shown));
  }
  return pairs;
}

/** The times of each person, in spans, from which enough is known to decide. */
export function decidingSpans(looks: readonly Look[], birthOf: Times['birthOf']): Map<number, number[]> {
  const spans = new Map<number, number[]>();
  for (const { person, day, faces } of looks) {
    if (day !== null && faces >= decidingFaces)
      spans.set(person, [...(spans.get(person) ?? []), spanOf(person, day, birthOf)]);
  }
  return spans;
}

/** A row of what the index told, about a look. */
export function lookRow(near: NearestPeople, row: number, shown: Look): LookRow {
  return {
    unit: near.units[row] ?? 0,
    shown,
    face: near.faces[row] ?? 0,
    nearest: near.nearest[row] ?? 0,
    distance: near.distances[row] ?? Infinity,
    average: near.averages[row] ?? Infinity,
    look: near.looks[row] ?? Infinity,
  };
}
