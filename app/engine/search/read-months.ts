import { firstYear, lastYear, parseYear } from './parse-date.ts';
import type { QueryTerm, TimeSpan } from './query.ts';
import type { QueryToken } from './scan-query.ts';

/** The month it begins in, 0 for January, and how many months it has. */
type Months = readonly [first: number, count: number];

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
/** Meteorological seasons of the northern half of the world. */
const seasons: Readonly<Record<string, Months>> = {
  spring: [2, 3],
  summer: [5, 3],
  autumn: [8, 3],
  fall: [8, 3],
  winter: [-1, 3],
};
const byName = new Map<string, Months>([
  ...Object.entries(seasons),
  ...months.flatMap((name, i): [string, Months][] => [
    [name, [i, 1]],
    [name.slice(0, 3), [i, 1]],
  ]),
  ['sept', [8, 1]],
]);

/**
 * `august 2019`, `aug 2019`, `summer 2019`. A winter is named by the year of its January, as weather services do:
 * `winter 2019` begins in December 2018. Without a year: that time of any year, or a path with the word in it.
 */
export function readMonths(token: QueryToken, next: QueryToken | undefined): QueryTerm | null {
  const word = token.value.text;
  const wanted = byName.get(word.toLowerCase());
  if (!wanted) return null;
  const plain = next && !next.field && !next.negated && !next.value.quoted;
  const year = plain ? parseYear(next.value.text) : null;
  if (year !== null) {
    const text = `${word} ${year}${wanted[0] < 0 ? ` (Dec ${year - 1} – Feb ${year})` : ''}`;
    return { node: { kind: 'taken', ...spanIn(year, wanted) }, chip: { kind: 'date', text, person: null }, tokens: 2 };
  }
  const spans = Array.from({ length: lastYear - firstYear + 2 }, (_, i) => spanIn(firstYear + i, wanted));
  return {
    node: {
      kind: 'any',
      parts: [
        { kind: 'takenIn', spans },
        { kind: 'text', field: 'path', text: word, prefix: true },
      ],
    },
    chip: { kind: 'date', text: word, person: null },
    tokens: 1,
  };
}

function spanIn(year: number, [first, count]: Months): TimeSpan {
  return { from: Date.UTC(year, first), to: Date.UTC(year, first + count) };
}
