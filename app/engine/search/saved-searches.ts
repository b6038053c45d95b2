import { Failure } from '../../contract/errors.ts';
import type { SavedSearch } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createPhotoPages, type PhotoPages } from '../db/photo-pages.ts';
import type { History } from '../history/history.ts';
import { createNameIndex, type NamedPerson, type NameIndex } from './name-index.ts';
import { parseQuery } from './parse-query.ts';
import { badQuery } from './run-query.ts';

/** Longest label of an action that quotes a search, UTF-16 units. */
const quotedLength = 60;

/** Searches that the user keeps. One that is saved again moves to the front. */
export function createSavedSearches(
  context: EngineContext,
  history: History,
): Subject<'searches.list' | 'searches.save' | 'searches.remove'> {
  const pages = createPhotoPages(context.db.sql);
  const names = (): NameIndex => createNameIndex(pages.named() as NamedPerson[]);
  return {
    handlers: {
      'searches.list': () => listSavedSearches(pages, names()),
      'searches.save': ({ query }) => {
        const kept = query.trim();
        const { chips, problem } = parseQuery(kept, names());
        if (problem) throw badQuery(problem);
        if (chips.length === 0) throw new Failure('bad-query', 'there is nothing to save; type a search first');
        return history.record('search', `Saved the search ${shorten(kept)}`, (recorder) =>
          recorder.saveSearch(kept, context.clock()),
        );
      },
      'searches.remove': ({ query }) => {
        const kept = query.trim();
        if (!pages.savedSearches().includes(kept)) throw new Failure('not-found', 'this search is not saved');
        return history.record('search', `Removed the saved search ${shorten(kept)}`, (recorder) =>
          recorder.saveSearch(kept, null),
        );
      },
    },
  };
}

export function listSavedSearches(pages: PhotoPages, names: NameIndex): SavedSearch[] {
  const people = new Map(pages.named().map(({ id, name }) => [id, name]));
  return pages.savedSearches().map((query) => ({ query, text: withNames(query, names, people) }));
}

/** The query with a name in the place of every `person:12`. */
function withNames(query: string, names: NameIndex, people: ReadonlyMap<number, string>): string {
  let text = query;
  for (const { person, from, to, negated } of parseQuery(query, names).chips.toReversed()) {
    const name = person !== null && /^-*person:/iu.test(query.slice(from, to)) ? people.get(person) : undefined;
    if (name !== undefined) text = text.slice(0, from) + (negated ? '-' : '') + name + text.slice(to);
  }
  return text;
}

function shorten(query: string): string {
  return query.length > quotedLength ? `${query.slice(0, quotedLength)}…` : query;
}
