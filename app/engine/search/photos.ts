import type { Output } from '../../contract/api.ts';
import type { QueryChip } from '../../contract/model.ts';
import type { EngineContext, Subject } from '../context.ts';
import { createColumnReads } from '../db/column-reads.ts';
import { createPeopleQueries, type PeopleQueries } from '../db/people.ts';
import { createPhotoPages, type PhotoPages } from '../db/photo-pages.ts';
import { createTextSearch } from '../db/text-search.ts';
import { settings } from '../settings.ts';
import { exportFaces, exportPhotos } from './export.ts';
import type { LibraryColumns } from './library-columns.ts';
import { createPhotoSearch } from './photo-search.ts';
import { readPhoto, toCard } from './read-photo.ts';
import { listSavedSearches } from './saved-searches.ts';
import { createQueryRunner, keepUntilChanged, type ClosenessOf } from './run-query.ts';
import { suggest } from './suggest.ts';
import { toTimeline } from './timeline.ts';

export type Photos = Subject<
  | 'library.status'
  | 'photos.timeline'
  | 'photos.cards'
  | 'photos.get'
  | 'search.suggest'
  | 'search.check'
  | 'search.together'
  | 'export.faces'
  | 'export.search'
>;

/** What the pages and other programs read of the library: photos, by query or one at a time. */
export function createPhotos(context: EngineContext, closenessOf: ClosenessOf): Photos {
  const pages = createPhotoPages(context.db.sql);
  const people = createPeopleQueries(context.db.sql);
  const search = createPhotoSearch({
    reads: createColumnReads(context.db.sql),
    text: createTextSearch(context.db.sql),
    pages,
  });
  const queries = createQueryRunner(pages, search, closenessOf);
  const everything = keepUntilChanged(pages, () => toTimeline(search.find({ kind: 'all', parts: [] })));
  const ready = (): Promise<void> => search.columns.load(context.closing);
  const source = {
    people: keepUntilChanged(pages, () => byPhotos(people)),
    names: queries.names,
    saved: () => listSavedSearches(pages, queries.names()),
    months: () => everything().months.map((group) => group.month),
    foldersWith: (word: string) => pages.foldersWith(word, settings.search.folderSample),
  };
  return {
    handlers: {
      'library.status': () => readStatus(context, pages, people, search.columns),
      'photos.timeline': async ({ query }, signal) => {
        await ready();
        if (query.trim() === '') return { ...everything(), chips: [] };
        const { photos, chips } = await queries.run(query, signal);
        return { ...toTimeline(photos), chips: chips.map((chip) => withCover(chip, people)) };
      },
      'photos.cards': ({ ids }) => pages.cards(ids).map(toCard),
      'photos.get': ({ id }) => readPhoto(pages, id),
      'search.suggest': async ({ query, cursor }) => {
        await ready();
        return suggest(query, cursor, source);
      },
      'search.check': ({ query }) => ({ problem: queries.read(query).problem }),
      'search.together': async ({ query }, signal) => {
        await ready();
        const { photos, asked } = await queries.run(query, signal);
        const newest = [...photos.ids.subarray(0, settings.search.togetherPhotos)];
        return pages.peopleIn(newest, asked, settings.search.together).flatMap(({ id, name, photos }) => {
          const person = people.get(id);
          return person ? [{ id: person.id, name, photos, cover: person.cover }] : [];
        });
      },
      'export.faces': () => exportFaces(pages),
      'export.search': async ({ query }, signal) => {
        await ready();
        return exportPhotos(pages, (await queries.run(query, signal)).photos.ids);
      },
    },
  };
}

function readStatus(
  context: EngineContext,
  pages: PhotoPages,
  people: PeopleQueries,
  columns: LibraryColumns,
): Output<'library.status'> {
  const { ungrouped, ...counts } = { ...pages.states(), ...(columns.counts() ?? pages.counts()) };
  return {
    dir: context.dir,
    version: context.version,
    ...counts,
    ...people.counts(),
    folders: pages.sources(),
    clustersOutdated: ungrouped > 0,
  };
}

function byPhotos(people: PeopleQueries): Output<'people.list'> {
  return people
    .list(false)
    .filter((person) => person.name !== null)
    .sort((a, b) => b.photos - a.photos);
}

/** A chip of `person:12` is typed by id and shown by name. */
function withCover(chip: QueryChip, people: PeopleQueries): QueryChip {
  const person = chip.person === null ? undefined : people.get(chip.person);
  return person ? { ...chip, text: person.name ?? chip.text, cover: person.cover } : chip;
}
