import type { QueryProblem, TimeSpan } from './query.ts';

/** Before the first photograph and after any of ours a number of four digits is no year: `IMG_1234`. */
export const firstYear = 1826;
export const lastYear = 2099;

/**
 * Reads `2019`, `2019-06`, `2019-06-12` and the ranges `a..b`, `a..`, `..b` (ends included, either way round).
 * A date that is still being typed (`2019-`, `2019-0`, `2019-06-`) is the part of it that is there.
 * Gives null for what is no date at all, and a problem, with its offset in `word`, for a date that does not exist.
 */
export function parseDate(word: string): TimeSpan | QueryProblem | null {
  const dots = word.indexOf('..');
  if (dots < 0) return parseDay(word, 0);
  const [first, last] = [word.slice(0, dots), word.slice(dots + 2)];
  if (first === '' && last === '') return null;
  const start = first === '' ? { from: -Infinity, to: Infinity } : parseDay(first, 0);
  const end = last === '' ? { from: -Infinity, to: Infinity } : parseDay(last, dots + 2);
  if (!start || !end) return null;
  if ('message' in start) return start;
  if ('message' in end) return end;
  if (first === '') return { from: -Infinity, to: end.to };
  if (last === '') return { from: start.from, to: Infinity };
  return { from: Math.min(start.from, end.from), to: Math.max(start.to, end.to) };
}

function parseDay(word: string, offset: number): TimeSpan | QueryProblem | null {
  const found = /^(\d{4})(?:-(\d{0,2})(?:-(\d{0,2}))?)?$/.exec(word);
  if (!found) return null;
  const year = parseYear(found[1] ?? '');
  if (year === null) return null;
  const month = begun(found[2]);
  if (month === null) return { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) };
  if (month < 1 || month > 12) return { at: offset + 5, message: `there is no month ${found[2]}` };
  const day = begun(found[3]);
  if (day === null) return { from: Date.UTC(year, month - 1), to: Date.UTC(year, month) };
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const dayAt = offset + word.lastIndexOf('-') + 1;
  if (day < 1 || day > days)
    return { at: dayAt, message: `there is no day ${found[3]} in ${word.slice(0, dayAt - offset - 1)}` };
  return { from: Date.UTC(year, month - 1, day), to: Date.UTC(year, month - 1, day + 1) };
}

/** The year, or null where it is none that photos are from. */
export function parseYear(word: string): number | null {
  const year = /^\d{4}$/.test(word) ? Number(word) : 0;
  return year >= firstYear && year <= lastYear ? year : null;
}

/** The number, or null for one that has only begun: nothing, or the 0 of `06`. */
function begun(digits: string | undefined): number | null {
  return digits === undefined || digits === '' || digits === '0' ? null : Number(digits);
}
