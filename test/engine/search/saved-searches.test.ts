import { expect, test } from 'vitest';

import { createHistory } from '../../../app/engine/history/history.ts';
import { createSavedSearches } from '../../../app/engine/search/saved-searches.ts';
import { createTestLibrary } from '../../factories/library.ts';

const signal = new AbortController().signal;

function createPlayground() {
  const library = createTestLibrary();
  const history = createHistory(library.db, library.context.clock, () => undefined);
  const { handlers } = createSavedSearches(library.context, history);
  return {
    library,
    history,
    save: (query: string) => handlers['searches.save']({ query }, signal),
    remove: (query: string) => handlers['searches.remove']({ query }, signal),
    list: async () => (await handlers['searches.list']({}, signal)).map(({ query }) => query),
    texts: async () => (await handlers['searches.list']({}, signal)).map(({ text }) => text),
  };
}

test('searches are kept, the newest first, until they are removed', async () => {
  const { save, remove, list, library } = createPlayground();
  expect(await save(' anna 2019 ')).toMatchObject({ kind: 'search', label: 'Saved the search anna 2019' });
  await save('people:2');
  await save('anna 2019');
  expect(await list()).toEqual(['anna 2019', 'people:2']);
  await remove('anna 2019 ');
  expect(await list()).toEqual(['people:2']);
  library.close();
});

test('saving and removing are taken back and made again, in the order there was', async () => {
  const { save, remove, list, history, library } = createPlayground();
  await save('a');
  await save('b');
  await remove('a');
  history.undo();
  expect(await list()).toEqual(['b', 'a']);
  await save('a');
  expect(await list()).toEqual(['a', 'b']);
  history.undo();
  expect(await list()).toEqual(['b', 'a']);
  history.undo();
  expect(await list()).toEqual(['a']);
  history.redo();
  history.redo();
  expect(await list()).toEqual(['a', 'b']);
  library.close();
});

test('people are shown by name where the search has their ids', async () => {
  const { save, texts, library } = createPlayground();
  const anna = library.person('Anna Maria');
  await save(`-person:${anna} 2019 person:99`);
  expect(await texts()).toEqual(['-Anna Maria 2019 person:99']);
  library.close();
});

test('what is no search is not saved', () => {
  const { save, remove, library } = createPlayground();
  expect(() => save('  ')).toThrow(/nothing to save/);
  expect(() => save('2019-13')).toThrow(/no month 13/);
  expect(() => remove('never saved')).toThrow(/not saved/);
  library.close();
});
