import { PersonId } from '../../contract/ids.ts';
import type { QueryChip } from '../../contract/model.ts';
import { settings } from '../settings.ts';
import { foldedWords } from './fold-text.ts';
import type { NamedPerson, NameIndex, NameMatch } from './name-index.ts';
import { parseDate } from './parse-date.ts';
import type { Query, QueryNode, QueryOrder, QueryProblem, QueryTerm as Term, TextField } from './query.ts';
import { readCamera, readCount, readOrder, readState, unnamedTerm } from './read-field.ts';
import { readMonths } from './read-months.ts';
import { scanQuery, type QueryToken, type QueryValue } from './scan-query.ts';

/**
 * Reads a query: names, dates and words that all have to be true of a photo (`or` between two: one of them;
 * `-`: not). `or` binds tighter, so that `anna or ben 2019` are the photos of 2019 with either.
 * It never throws: what means nothing else is text, and what is only begun (`only:`, `anna or`) waits.
 */
export function parseQuery(text: string, names: NameIndex): Query {
  const { tokens, problem: tooLong } = scanShort(text);
  const all: QueryNode[][] = [];
  const chips: QueryChip[] = [];
  let problem = tooLong;
  let order: QueryOrder = 'time';
  let joins = false;
  let at = 0;
  for (let token = tokens[0]; token; token = tokens[at]) {
    const operator = at > 0 && all.length > 0 ? operatorOf(token) : null;
    if (operator) {
      if (operator === 'or' && !joins && at < tokens.length - 1) chips.push(chipOf(token, token, orTerm));
      joins ||= operator === 'or';
      at++;
      continue;
    }
    if (token.field === 'sort') {
      const read = readOrder(token.value, token.valueFrom);
      if (read !== null && typeof read === 'object') problem ??= read;
      else if (read !== null) {
        order = read;
        chips.push({ ...chipOf(token, token, orderTerms[read]), negated: false });
      }
      at++;
      continue;
    }
    const term = readTerm(token, tokens, at, names);
    if (term && 'message' in term) problem ??= term;
    if (term && 'node' in term) {
      const node: QueryNode = token.negated ? { kind: 'not', part: term.node } : term.node;
      if (joins) all.at(-1)?.push(node);
      else all.push([node]);
      joins = false;
      chips.push(chipOf(token, tokens[at + term.tokens - 1] ?? token, term));
    }
    at += term && 'node' in term ? term.tokens : 1;
  }
  if (chips.at(-1)?.kind === 'or') chips.pop();
  return { tree: { kind: 'all', parts: all.map(anyOf) }, order, chips, problem };
}

function scanShort(text: string): { tokens: QueryToken[]; problem: QueryProblem | null } {
  const tokens = scanQuery(text);
  const extra = tokens[settings.search.maxParts];
  const message = `the query has more than ${settings.search.maxParts} parts`;
  return { tokens: tokens.slice(0, settings.search.maxParts), problem: extra ? { at: extra.from, message } : null };
}

const orTerm: Term = { node: { kind: 'any', parts: [] }, chip: { kind: 'or', text: 'or', person: null }, tokens: 1 };

const orderTerms: Readonly<Record<QueryOrder, Pick<Term, 'chip'>>> = {
  match: { chip: { kind: 'sort', text: 'best match first', person: null } },
  time: { chip: { kind: 'sort', text: 'newest first', person: null } },
};

function anyOf(parts: readonly QueryNode[]): QueryNode {
  const [first, ...others] = parts;
  return first && others.length === 0 ? first : { kind: 'any', parts };
}

function chipOf(first: QueryToken, last: QueryToken, term: Pick<Term, 'chip'>): QueryChip {
  return { ...term.chip, from: first.from, to: last.to, cover: null, negated: first.negated };
}

/** `and` is only a word between two others: everything has to be true anyway. */
function operatorOf(token: QueryToken): 'or' | 'and' | null {
  if (token.field || token.negated || token.value.quoted) return null;
  const word = token.value.text.toLowerCase();
  return word === 'or' || word === 'and' ? word : null;
}

/** The term that begins at a token; null for one that says nothing yet. */
function readTerm(
  token: QueryToken,
  tokens: readonly QueryToken[],
  at: number,
  names: NameIndex,
): Term | QueryProblem | null {
  if (token.field === 'only') return readOnly(token, tokens, at, names);
  if (token.field === 'person') return readPerson(token.value, names);
  if (token.field === 'people') return readCount(token.value, token.valueFrom);
  if (token.field === 'is') return readState(token.value, token.valueFrom);
  if (token.field === 'camera') return readCamera(token.value);
  if (token.field === 'sort') return null;
  if (token.field) return readText(token.value, token.field);
  const date = token.value.quoted ? null : parseDate(token.value.text);
  if (date && 'message' in date) return { ...date, at: date.at + token.valueFrom };
  if (date)
    return {
      node: { kind: 'taken', ...date },
      chip: { kind: 'date', text: token.value.text, person: null },
      tokens: 1,
    };
  return readName(tokens, at, names) ?? readWord(token, tokens[at + 1]) ?? readText(token.value, 'path');
}

/** A word that means something by itself where nobody is called that. */
function readWord(token: QueryToken, next: QueryToken | undefined): Term | null {
  if (token.value.quoted) return null;
  if (token.value.text.toLowerCase() === 'unnamed') return unnamedTerm;
  return readMonths(token, next);
}

/** `person:12`, for chips and pages: any person or group, hidden or not. With anything else, a name. */
function readPerson(value: QueryValue, names: NameIndex): Term | null {
  if (value.text === '') return null;
  const id = PersonId.safeParse(Number(value.text));
  if (id.success) return peopleTerm([{ id: id.data, name: value.text }], value.text, 1);
  const match = names.match(foldedWords(value.text));
  return peopleTerm(match?.people ?? [], value.text, 1);
}

function peopleTerm(people: readonly NamedPerson[], typed: string, tokens: number): Term {
  const only = people.length === 1 ? people[0] : undefined;
  return {
    node: { kind: 'people', people: people.map((person) => person.id) },
    chip: { kind: 'person', text: only?.name ?? typed, person: only?.id ?? null },
    tokens,
  };
}

/** The longest run of words from `at` that is a name. */
function readName(tokens: readonly QueryToken[], at: number, names: NameIndex): Term | null {
  const run = nameRun(tokens, at, names.longest);
  for (let count = run.length; count > 0; count--) {
    const typed = run.slice(0, count);
    if (isBlank(typed[0]) || isBlank(typed.at(-1))) continue;
    const match = matchRun(typed, names, at + count === tokens.length);
    if (match) return peopleTerm(match.people, typed.join(' '), count);
  }
  return null;
}

/** Punctuation may stand in a name, as in Tom & Jerry, but does not begin or end it. */
function isBlank(word: string | undefined): boolean {
  return foldedWords(word ?? '').length === 0;
}

/** The plain words from `at`, as typed; at most as many as a name has. A quoted phrase stands alone. */
function nameRun(tokens: readonly QueryToken[], at: number, longest: number): string[] {
  const run: string[] = [];
  for (const [i, token] of tokens.slice(at, at + Math.max(1, longest)).entries()) {
    const plain = !token.field && !token.value.quoted && !operatorOf(token) && !token.negated;
    if (i > 0 && !plain) break;
    run.push(token.value.text);
    if (token.value.quoted) break;
  }
  return run;
}

/**
 * Several words are one name when all of them are whole, or while the last of the query is being typed;
 * but `anna ben` stays Anna and Ben where there is also an Anna Bennett.
 */
function matchRun(typed: readonly string[], names: NameIndex, atEnd: boolean): NameMatch | null {
  const match = names.match(typed.flatMap(foldedWords));
  if (match?.how !== 'prefix' || typed.length === 1) return match;
  const last = names.match(foldedWords(typed.at(-1) ?? ''));
  return atEnd && last?.how === 'prefix' ? match : null;
}

/** `only:anna,ben`. An unknown name is nobody, so nothing is found; no name at all is still being typed. */
function readOnly(token: QueryToken, tokens: readonly QueryToken[], at: number, names: NameIndex): Term | null {
  const listed = token.names.filter((name) => name.text !== '').map((name) => name.text);
  const last = listed.at(-1);
  if (last === undefined) return null;
  const goesOn = nameRun(tokens, at + 1, names.longest);
  let more = token.names.at(-1)?.quoted || tokens[at + 1]?.negated || tokens[at + 1]?.field ? 0 : goesOn.length;
  while (more > 0 && !isWhole(matchRun([last, ...goesOn.slice(0, more)], names, false))) more--;
  const typed = [...listed.slice(0, -1), [last, ...goesOn.slice(0, more)].join(' ')];
  const matches = typed.map((name) => names.match(foldedWords(name))?.people ?? []);
  const shown = typed.map((name, i) => (matches[i]?.length === 1 ? (matches[i][0]?.name ?? name) : name));
  return {
    node: { kind: 'only', names: matches.map((people) => people.map((person) => person.id)) },
    chip: { kind: 'only', text: shown.join(', '), person: null },
    tokens: 1 + more,
  };
}

function isWhole(match: NameMatch | null): boolean {
  return match !== null && match.how !== 'prefix';
}

function readText(value: QueryValue, field: TextField): Term | null {
  // Punctuation alone is in every path and says nothing; a symbol of another script or an emoji does.
  if (!/[\p{L}\p{N}]|[^\x00-\x7f]/u.test(value.text)) return null;
  const text = field === 'path' ? value.text : `${field}:${value.text}`;
  return {
    node: { kind: 'text', field, text: value.text, prefix: !value.quoted || value.open },
    chip: { kind: 'text', text, person: null },
    tokens: 1,
  };
}
