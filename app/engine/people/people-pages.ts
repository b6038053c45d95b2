import { Failure } from '../../contract/errors.ts';
import type { Subject } from '../context.ts';
import type { PeopleQueries } from '../db/people.ts';

type PageRequest = 'people.list' | 'people.get' | 'people.faces' | 'people.complete' | 'faces.notPeople';

/** Offered while a name is typed. */
const completions = 20;
const oftenWith = 12;

/** What the pages about people ask. */
export function createPeoplePages(queries: PeopleQueries): Subject<PageRequest> {
  return {
    handlers: {
      'people.list': ({ hidden }) => queries.list(hidden),
      'people.get': ({ id }) => {
        const person = queries.get(id);
        if (!person) throw personMissing();
        return { ...person, oftenWith: queries.oftenWith(id, oftenWith) };
      },
      'people.faces': ({ id, offset, limit }) => ({
        total: queries.faceCount(id),
        faces: queries.faces(id, offset, limit),
      }),
      'faces.notPeople': ({ offset, limit }) => queries.notPeople(offset, limit),
      'people.complete': ({ prefix }) => {
        const wanted = wordKey(prefix.trim());
        const matching = queries.named().filter(({ name }) => hasWord(wordKey(name), wanted));
        return matching
          .flatMap(({ id }) => queries.get(id) ?? [])
          .sort((a, b) => b.photos - a.photos || a.id - b.id)
          .slice(0, completions);
      },
    },
  };
}

export function personMissing(): Failure {
  return new Failure('not-found', 'this person is no longer there; it may be part of another person now');
}

/** Letters without case and marks, as they are typed in a hurry. */
function wordKey(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

function hasWord(name: string, prefix: string): boolean {
  for (let at = name.indexOf(prefix); at >= 0; at = name.indexOf(prefix, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(name[at - 1] ?? '')) return true;
    if (prefix === '') return true;
  }
  return false;
}
