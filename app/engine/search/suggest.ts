import type { Person, SavedSearch, Suggestion } from '../../contract/model.ts';
import { settings } from '../settings.ts';
import { foldedWords, foldText } from './fold-text.ts';
import { createNameIndex, type NameIndex } from './name-index.ts';
import { parseQuery } from './parse-query.ts';
import { scanQuery, type QueryToken } from './scan-query.ts';

/** What suggestions are chosen from. */
export interface SuggestionSource {
  /** Named people who are not hidden, most photos first. */
  people(): readonly Person[];
  names(): NameIndex;
  /** `2019-08`, newest first. */
  months(): readonly string[];
  /** Newest first. */
  saved(): readonly SavedSearch[];
  /** Folders that have a word beginning with this one. */
  foldersWith(word: string): readonly string[];
}

/** The part of a query that a suggestion replaces, and the words in it. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const { suggestedSaved, suggestedPeople, suggestedDates, suggestedFolders } = settings.search;

/** How the word at the cursor may go on: people first, then dates, then folders. An empty query offers what was saved. */
export function suggest(query: string, cursor: number, source: SuggestionSource): Suggestion[] {
  const at = Math.min(cursor, query.length);
  const tokens = scanQuery(query);
  const token = tokens.find((candidate) => candidate.from < at && at <= candidate.to);
  const kinds = token?.field ?? 'any';
  const word = token ? wordAt(query, token, at) : { from: at, to: at, text: '' };
  const plain = kinds === 'any' && token ? namesBefore(query, tokens, tokens.indexOf(token), word) : [word];
  const people =
    kinds === 'any' || kinds === 'only' || kinds === 'person'
      ? suggestPeople(query, plain, source, kinds !== 'any')
      : [];
  const dates = kinds === 'any' ? suggestDates(query, word, source.months()) : [];
  const folders = kinds === 'any' || kinds === 'folder' ? suggestFolders(query, word, token, source) : [];
  const saved = query.trim() === '' ? suggestSaved(source.saved()) : [];
  return [...saved, ...people, ...dates, ...folders];
}

function suggestSaved(saved: readonly SavedSearch[]): Suggestion[] {
  return saved
    .slice(0, suggestedSaved)
    .map(({ query, text }) => ({ kind: 'saved', text, query: `${query} `, person: null, cover: null }));
}

/** The value at the cursor, without minus, field and quotes; in a list of names the one name. */
function wordAt(query: string, token: QueryToken, cursor: number): Span {
  const value = query.slice(token.valueFrom, token.to);
  const before = query.slice(token.valueFrom, Math.max(token.valueFrom, cursor));
  const listed = token.field === 'only';
  const from = token.valueFrom + (listed ? before.length - (/[^,]*$/.exec(before)?.[0].trimStart().length ?? 0) : 0);
  const to = listed
    ? from + (/^[^,]*/.exec(query.slice(from, token.to))?.[0].length ?? 0)
    : token.valueFrom + value.length;
  // What stands after the cursor is replaced but does not narrow the choice.
  return { from, to, text: query.slice(from, Math.max(from, cursor)).replace(/["“”„]/g, '') };
}

/** The word with one, two, … plain words before it, longest first: `anna m` may become Anna Maria. */
function namesBefore(query: string, tokens: readonly QueryToken[], at: number, word: Span): Span[] {
  const spans = [word];
  for (let i = at; i > 0 && spans.length < 4; i--) {
    const [token, before] = [tokens[i], tokens[i - 1]];
    if (!token || !before || token.negated || token.value.quoted || before.value.quoted || before.field) break;
    spans.unshift({ from: before.valueFrom, to: word.to, text: query.slice(before.valueFrom, word.from) + word.text });
  }
  return spans;
}

/** The people of the longest span that names anybody. */
function suggestPeople(
  query: string,
  spans: readonly Span[],
  source: SuggestionSource,
  inField: boolean,
): Suggestion[] {
  for (const span of spans) {
    const words = foldedWords(span.text);
    if (words.length === 0 && span.text !== '') continue;
    const found = source.people().filter((person) => words.length === 0 || beginsIn(person.name ?? '', words));
    if (found.length === 0) continue;
    return found.slice(0, suggestedPeople).map((person) => ({
      kind: 'person',
      text: person.name ?? '',
      query: replace(query, span, inField ? quote(person.name ?? '') : nameToType(person, source.names())),
      person: person.id,
      cover: person.cover,
    }));
  }
  return [];
}

function beginsIn(name: string, words: readonly string[]): boolean {
  return createNameIndex([{ id: 1 as Person['id'], name }]).match(words) !== null;
}

/** The name if it finds this person and nobody else, else the id. */
function nameToType(person: Person, names: NameIndex): string {
  const typed = quote(person.name ?? '');
  const { tree, chips } = parseQuery(typed, names);
  const alone = chips.length === 1 && chips[0]?.kind === 'person' && chips[0].person === person.id;
  return alone && tree.kind === 'all' ? typed : `person:${person.id}`;
}

function suggestDates(query: string, word: Span, months: readonly string[]): Suggestion[] {
  if (!/^\d{1,4}(-\d{0,2})?$/.test(word.text)) return [];
  const known = word.text.includes('-') ? months : months.map((month) => month.slice(0, 4));
  const dates = [...new Set(known)].filter((date) => date.startsWith(word.text));
  return dates
    .slice(0, suggestedDates)
    .map((text) => ({ kind: 'date', text, query: replace(query, word, text), person: null, cover: null }));
}

function suggestFolders(
  query: string,
  word: Span,
  token: QueryToken | undefined,
  source: SuggestionSource,
): Suggestion[] {
  const [begun] = foldedWords(word.text);
  if (begun === undefined || !/[\p{L}\p{N}]/u.test(begun)) return [];
  const wanted = foldText(word.text);
  const names = source.foldersWith(begun).flatMap((folder) => folder.split(/[\\/]/));
  const fitting = [...new Set(names)].filter(
    (name) => foldText(name).startsWith(wanted) || foldedWords(name).includes(wanted),
  );
  const field = token?.field === 'folder' ? '' : 'folder:';
  return fitting
    .sort((a, b) => a.localeCompare(b))
    .slice(0, suggestedFolders)
    .map((text) => ({
      kind: 'folder',
      text,
      query: replace(query, word, field + quote(text)),
      person: null,
      cover: null,
    }));
}

/** The query with `text` in the span's place, ready for the next word. */
function replace(query: string, span: Span, text: string): string {
  const after = query.slice(span.to);
  return query.slice(0, span.from) + text + (after === '' ? ' ' : after);
}

function quote(text: string): string {
  return /^[^\s,:"“”„-][^\s,:"“”„]*$/u.test(text) ? text : `"${text.replace(/["“”„]/g, ' ')}"`;
}
