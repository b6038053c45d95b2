import { Failure } from '../../contract/errors.ts';
import type { QueryChip } from '../../contract/model.ts';
import type { PhotoPages } from '../db/photo-pages.ts';
import type { PhotoRow, PhotoSearch } from '../db/photo-search.ts';
import { createNameIndex, type NamedPerson, type NameIndex } from './name-index.ts';
import { parseQuery } from './parse-query.ts';
import type { Query, QueryProblem } from './query.ts';

export interface QueryRunner {
  /** The people whose names are understood: named and not hidden. */
  readonly names: () => NameIndex;
  /** How a query is understood, without running it. */
  read(text: string): Query;
  /**
   * The photos that a query finds, newest first, and how it was understood.
   * @throws {Failure} `bad-query` where a part cannot be meant
   */
  run(text: string): { rows: readonly PhotoRow[]; chips: readonly QueryChip[] };
}

export function createQueryRunner(pages: PhotoPages, search: PhotoSearch): QueryRunner {
  const names = keepUntilChanged(pages, () => createNameIndex(pages.named() as NamedPerson[]));
  const everything = keepUntilChanged(pages, () => search.find({ kind: 'all', parts: [] }));
  return {
    names,
    read: (text) => parseQuery(text, names()),
    run: (text) => {
      const { tree, chips, problem } = parseQuery(text, names());
      if (problem) throw badQuery(problem);
      const isEverything = tree.kind === 'all' && tree.parts.length === 0;
      return { rows: isEverything ? everything() : search.find(tree), chips };
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
