import type { QueryOrder, QueryProblem, QueryTerm } from './query.ts';
import type { QueryValue } from './scan-query.ts';

export const unnamedTerm: QueryTerm = {
  node: { kind: 'unnamed' },
  chip: { kind: 'unnamed', text: 'somebody unnamed', person: null },
  tokens: 1,
};

const favouriteTerm: QueryTerm = {
  node: { kind: 'favourite' },
  chip: { kind: 'favourite', text: 'favourites', person: null },
  tokens: 1,
};

const states = { favourite: favouriteTerm, favorite: favouriteTerm, unnamed: unnamedTerm };

/** `is:favourite`, `is:unnamed`; a beginning of one will do while it is typed. */
export function readState({ text }: QueryValue, at: number): QueryTerm | QueryProblem | null {
  if (text === '') return null;
  const typed = text.toLowerCase();
  const found = Object.entries(states).find(([name]) => name.startsWith(typed))?.[1];
  return found ?? { at, message: `a photo is never “${text}”; use is:favourite or is:unnamed` };
}

/** More faces than any photo has, so that digits without end stay numbers. */
const mostFaces = 9999;

/** `people:2`, `people:3..`, `people:..2`, `people:2..4`: how many faces are in the photo, of people known or not. */
export function readCount({ text }: QueryValue, at: number): QueryTerm | QueryProblem | null {
  if (text === '') return null;
  const found = /^(\d*)(\.\.|\.$)?(\d*)$/.exec(text);
  if (!found) return { at, message: `“${text}” is no number of people; use people:2 or people:3..` };
  const [, first = '', dots, last = ''] = found;
  if (first === '' && last === '') return null;
  const least = first === '' ? 0 : Math.min(Number(first), mostFaces);
  const most = last === '' ? Infinity : Math.min(Number(last), mostFaces);
  const [from, to] = dots === '..' ? [Math.min(least, most), Math.max(least, most)] : [least, least];
  return {
    node: { kind: 'faces', from, to },
    chip: { kind: 'count', text: countText(from, to), person: null },
    tokens: 1,
  };
}

function countText(from: number, to: number): string {
  const people = (count: number): string => (count === 1 ? 'person' : 'people');
  if (to === 0) return 'no people';
  if (from === to) return `${from} ${people(from)}`;
  if (to === Infinity) return from === 0 ? 'any number of people' : `${from} or more people`;
  return from === 0 ? `at most ${to} ${people(to)}` : `${from} to ${to} people`;
}

/** `camera:canon`, `camera:"eos 5d"`: some of the camera's name. */
export function readCamera({ text }: QueryValue): QueryTerm | null {
  const wanted = text.trim();
  if (wanted === '') return null;
  return { node: { kind: 'camera', text: wanted }, chip: { kind: 'camera', text: wanted, person: null }, tokens: 1 };
}

const orders = { match: 'match', time: 'time', date: 'time' } as const satisfies Record<string, QueryOrder>;

/** `sort:match`, `sort:time`; a beginning of one will do while it is typed. Null while nothing is. */
export function readOrder({ text }: QueryValue, at: number): QueryOrder | QueryProblem | null {
  if (text === '') return null;
  const typed = text.toLowerCase();
  const found = Object.entries(orders).find(([name]) => name.startsWith(typed))?.[1];
  return found ?? { at, message: `“${text}” is no order; use sort:match or sort:time` };
}
