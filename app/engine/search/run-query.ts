import { Failure } from '../../contract/errors.ts';
import type { QueryChip } from '../../contract/model.ts';
import type { PhotoPages } from '../db/photo-pages.ts';
import { createNameIndex, type NamedPerson, type NameIndex } from './name-index.ts';
import { askedPeople, orderByMatch, type MatchedFace } from './order-by-match.ts';
import { parseQuery } from './parse-query.ts';
import type { PhotoSearch } from './photo-search.ts';
import type { Query, QueryOrder, QueryProblem } from './query.ts';
import type { PhotoList } from './timeline.ts';

export interface Found {
  readonly photos: PhotoList;
  readonly order: QueryOrder;
  readonly chips: readonly QueryChip[];
  /** Everybody whom the query asks for. */
  readonly asked: readonly number[];
}

/** How near each of a person's faces lies to the rest of them, along with the faces: L2. */
export type ClosenessOf = (faces: readonly number[], signal: AbortSignal) => Promise<ArrayLike<number>>;

export interface QueryRunner {
  /** The people whose names are understood: named and not hidden. */
  readonly names: () => NameIndex;
  /** How a query is understood, without running it. */
  read(text: string): Query;
  /**
   * The photos that a query finds, newest first or those first whose faces match best, and how it was understood.
   * @throws {Failure} `bad-query` where a part cannot be meant
   */
  run(text: string, signal: AbortSignal): Promise<Found>;
}

export function createQueryRunner(pages: PhotoPages, search: PhotoSearch, closenessOf: ClosenessOf): QueryRunner {
  const names = keepUntilChanged(pages, () => createNameIndex(pages.named() as NamedPerson[]));
  /** The faces of people; one that the user confirmed matches without a doubt. */
  const matched = async (people: readonly number[], signal: AbortSignal): Promise<MatchedFace[]> => {
    const faces: MatchedFace[] = [];
    for (const person of new Set(people)) {
      const own = pages.facesOf(person);
      const near = await closenessOf(
        own.map(({ id }) => id),
        signal,
      );
      for (const [at, { photo, confirmed }] of own.entries()) {
        faces.push({ photo, person, distance: confirmed ? 0 : (near[at] ?? Infinity) });
      }
    }
    return faces;
  };
  return {
    names,
    read: (text) => parseQuery(text, names()),
    run: async (text, signal) => {
      const { tree, chips, problem, order } = parseQuery(text, names());
      if (problem) throw badQuery(problem);
      const photos = search.find(tree);
      const people = askedPeople(tree);
      const asked = people.flat();
      if (order === 'time' || asked.length === 0) return { photos, order: 'time', chips, asked };
      return { photos: orderByMatch(photos, people, await matched(asked, signal)), order, chips, asked };
    },
  };
}

export function badQuery({ message, at }: QueryProblem): Failure {
  return new Failure('bad-query', `${message} (at character ${at + 1} of the search)`);
}

/** Works a value out again only when something was written to the library since. */
export function keepUntilChanged<T>(pages: PhotoPages, work: () => T): () => T {
  let kept: { readonly epoch: number; readonly value: T } | undefined;
  return () => {
    const epoch = pages.epoch();
    if (kept?.epoch !== epoch) kept = { epoch, value: work() };
    return kept.value;
  };
}
