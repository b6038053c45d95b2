import { counted } from './numbers.ts';

/**
 * Dates of photos are the camera's local time kept as if it were UTC (`PhotoDetails.takenAt`), so they are
 * formatted in UTC: what the clock on the wall said.
 */
const formatted = (options: Intl.DateTimeFormatOptions): ((ms: number) => string) => {
  let format: Intl.DateTimeFormat | undefined;
  return (ms) => (format ??= new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', ...options })).format(ms);
};

/** `12 August 2019` */
export const day = formatted({ dateStyle: 'long' });

/** `Monday, 12 August 2019 at 14:03` */
export const dayAndTime = formatted({ dateStyle: 'full', timeStyle: 'short' });

const monthAndYear = formatted({ month: 'long', year: 'numeric' });

export const undated = 'No date';

/** The section of a timeline that is ordered by how well faces match. */
const byMatch = 'Best match first';

/** The heading of a section of the timeline: `2019-08` → `August 2019`, `unknown` → `No date`, `match`. */
export function monthName(month: string): string {
  if (month === 'match') return byMatch;
  const at = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(at) ? undated : monthAndYear(at);
}

/** The year of `2019-08`, null for `unknown`. */
export const yearOf = (month: string): string | null => /^(\d{4})-/.exec(month)?.[1] ?? null;

/** `2009 to today`, `2009 to 2015`, `2015`; null without dates. `now` in milliseconds since 1970. */
export function years(firstAt: number | null, lastAt: number | null, now: number): string | null {
  if (firstAt === null || lastAt === null) return null;
  const first = new Date(firstAt).getUTCFullYear();
  const last = new Date(lastAt).getUTCFullYear();
  const today = new Date(now).getFullYear();
  if (first === last) return String(first);
  return last >= today ? `${first} to today` : `${first} to ${last}`;
}

/** How long something will take, as people say it: `about 9 min`. */
export function duration(seconds: number): string {
  if (seconds < 10) return 'a few seconds';
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min`;
  return `about ${(seconds / 3600).toLocaleString(undefined, { maximumFractionDigits: 1 })} h`;
}

/**
 * How old somebody was, as people say it: `7 years`, `14 months` up to two years, `newborn` in the first month; null
 * before the birth. Both in milliseconds as if UTC.
 */
export function age(birth: number, at: number): string | null {
  const [from, to] = [new Date(birth), new Date(at)];
  const months =
    12 * (to.getUTCFullYear() - from.getUTCFullYear()) +
    (to.getUTCMonth() - from.getUTCMonth()) -
    (to.getUTCDate() < from.getUTCDate() ? 1 : 0);
  if (at < birth) return null;
  if (months < 1) return 'newborn';
  if (months < 24) return counted(months, 'month', 'months');
  return counted(Math.floor(months / 12), 'year', 'years');
}

/** The age in a month of the timeline (`2019-08`), in its middle; null for `unknown` and before the birth. */
export function ageInMonth(birth: number, month: string): string | null {
  const at = Date.parse(`${month}-15T00:00:00Z`);
  return Number.isNaN(at) ? null : age(birth, at);
}
