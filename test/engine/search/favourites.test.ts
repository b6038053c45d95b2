import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { PhotoId } from '../../../app/contract/ids.ts';
import { createPhotoPages } from '../../../app/engine/db/photo-pages.ts';
import { openLibraryDb } from '../../../app/engine/db/open.ts';
import { createHistory } from '../../../app/engine/history/history.ts';
import { createFavourites } from '../../../app/engine/search/favourites.ts';
import { readPhoto, toCard } from '../../../app/engine/search/read-photo.ts';
import { createTestLibrary } from '../../factories/library.ts';

const signal = new AbortController().signal;

function createPlayground() {
  const library = createTestLibrary();
  const ids = Array.from({ length: 4 }, () => library.photo());
  let db = library.db;
  const open = () => {
    const history = createHistory(
      db,
      () => 0,
      () => undefined,
    );
    const { handlers } = createFavourites(history);
    return {
      history,
      mark: (some: PhotoId[], favourite: boolean) => handlers['photos.favourite']({ ids: some, favourite }, signal),
    };
  };
  const playground = {
    ...open(),
    ids,
    favourites: () => ids.filter((id) => readPhoto(createPhotoPages(db.sql), id).favourite),
    cards: () =>
      createPhotoPages(db.sql)
        .cards(ids)
        .map(toCard)
        .filter((card) => card.favourite)
        .map(({ id }) => id),
    restart: () => {
      if (db !== library.db) db.close();
      db = openLibraryDb(`${library.dir}/library.sqlite`);
      Object.assign(playground, open());
    },
    close: () => {
      if (db !== library.db) db.close();
      library.close();
    },
  };
  return playground;
}

test('favourites are taken back and made again, also after a restart', async () => {
  const made = createPlayground();
  const [first, second] = made.ids as [PhotoId, PhotoId];
  expect(await made.mark([first], true)).toMatchObject({ kind: 'favourite', label: 'Added a photo to the favourites' });
  await made.mark([first, second, second, 999 as PhotoId], true);
  expect(made.favourites()).toEqual([first, second]);
  expect(made.cards()).toEqual([first, second]);
  made.restart();
  made.history.undo();
  // The first was one before, and stays one.
  expect(made.favourites()).toEqual([first]);
  made.history.redo();
  expect(made.favourites()).toEqual([first, second]);
  expect(await made.mark([first, second], false)).toMatchObject({ label: 'Took 2 photos out of the favourites' });
  expect(made.favourites()).toEqual([]);
  made.close();
});

test('favourites say nothing of people, so grouping goes on', async () => {
  const made = createPlayground();
  const before = made.history.epoch();
  await made.mark(made.ids, true);
  expect(made.history.epoch()).toBe(before);
  made.close();
});

const step = fc.oneof(
  fc.record({ photos: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), favourite: fc.boolean() }),
  fc.constantFrom('undo' as const, 'redo' as const, 'restart' as const),
);

test('any sequence of marks, undos, redos and restarts leaves what a plain list of sets says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const made = createPlayground();
      const past: Set<number>[] = [new Set()];
      let now = 0;
      for (const next of steps) {
        if (next === 'restart') made.restart();
        else if (next === 'undo' && now > 0) {
          now--;
          made.history.undo();
        } else if (next === 'redo' && now < past.length - 1) {
          now++;
          made.history.redo();
        } else if (typeof next === 'object') {
          const after = new Set(past[now]);
          for (const i of next.photos)
            if (next.favourite) after.add(i);
            else after.delete(i);
          past.splice(++now, Infinity, after);
          await made.mark(
            next.photos.map((i) => made.ids[i]!),
            next.favourite,
          );
        }
        expect(made.favourites()).toEqual(made.ids.filter((_, i) => past[now]!.has(i)));
      }
      made.close();
    }),
    { numRuns: 12 },
  );
});
