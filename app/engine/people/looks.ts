import { settings } from '../settings.ts';
import { cutIntoSpans, spansAt } from './prototypes.ts';

const { decidingFaces } = settings.people.ages;
const dayMs = 86_400_000;

/** What a person looked like over some years: by the faces that are shown as that person and were taken then. */
export interface Look {
  readonly person: number;
  /** Mean day of those faces, since 1970; null: nobody knows when they were taken. */
  readonly day: number | null;
  /** How many of them have a date; 1 and more where `day` is null. */
  readonly faces: number;
}

/** What is known of time, in days since 1970: when faces were taken and when people were born. */
export interface Times {
  readonly dayOf: { get(face: number): number | undefined };
  readonly birthOf: ReadonlyMap<number, number>;
}

/** Of a day since 1970. */
export function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear();
}

/** A day in spans of a person's life: see `spansAt`. */
export function spanOf(person: number, day: number, birthOf: Times['birthOf']): number {
  const birth = birthOf.get(person);
  return spansAt(day * dayMs, birth === undefined ? null : birth * dayMs);
}

/**
 * Parts the faces of each person by their time. Who has dated faces from one span only has one look, of all faces; with
 * others the faces without a date are a look of their own.
 * @param faces face, person, face, person, …
 * @returns face, look, …: looks are numbered from 1 on, so that look n is `looks[n - 1]`
 */
export function looksOf(faces: Int32Array, times: Times): { keys: Int32Array<ArrayBuffer>; looks: readonly Look[] } {
  const looks: Look[] = [];
  const lookOf = new Map<number, number>();
  /** The look of a person's faces that have no other. */
  const common = new Map<number, number>();
  for (const [person, days] of daysByPerson(faces, times)) {
    if (isWithinSpan(person, days, times)) {
      common.set(person, looks.push({ person, day: meanOf([...days.values()]), faces: days.size }));
    } else {
      const dated = Array.from(days, ([face, day]) => ({ face, day, at: spanOf(person, day, times.birthOf) }));
      for (const span of cutIntoSpans(dated)) {
        const look = looks.push({ person, day: meanOf(span.map(({ day }) => day)), faces: span.length });
        for (const { face } of span) lookOf.set(face, look);
      }
    }
  }
  const keys = faces.slice();
  for (let i = 0; i < faces.length; i += 2) {
    const [face, person] = [faces[i] ?? 0, faces[i + 1] ?? 0];
    const look = lookOf.get(face) ?? common.get(person) ?? looks.push({ person, day: null, faces: 1 });
    if (!lookOf.has(face)) common.set(person, look);
    keys[i + 1] = look;
  }
  return { keys, looks };
}

/** Whether some of the one and some of the other, of faces enough to decide, are from the same years. */
export function areOfOneTime(some: readonly Look[], others: readonly Look[], birthOf: Times['birthOf']): boolean {
  return others.some(
    ({ person, day, faces }) =>
      day !== null &&
      faces >= decidingFaces &&
      some.some((own) => own.day !== null && isNear(spanOf(person, own.day, birthOf), spanOf(person, day, birthOf))),
  );
}

/** Whether two times, in spans, lie so near to one another that somebody looks the same. */
export function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1;
}

/** The day of each dated face of each person. */
function daysByPerson(faces: Int32Array, { dayOf }: Times): Map<number, Map<number, number>> {
  const people = new Map<number, Map<number, number>>();
  for (let i = 0; i < faces.length; i += 2) {
    const [face, person] = [faces[i] ?? 0, faces[i + 1] ?? 0];
    const day = dayOf.get(face);
    if (day === undefined) continue;
    const days = people.get(person);
    if (days) days.set(face, day);
    else people.set(person, new Map([[face, day]]));
  }
  return people;
}

function isWithinSpan(person: number, days: ReadonlyMap<number, number>, { birthOf }: Times): boolean {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days.values()) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return spanOf(person, last, birthOf) - spanOf(person, first, birthOf) < 1;
}

function meanOf(days: readonly number[]): number {
  return Math.round(days.reduce((sum, day) => sum + day, 0) / days.length);
}
