import { expect, it } from 'vitest';

import type { Suggestion } from '../../../app/contract/model.ts';
import { SearchInput } from '../../../renderer/search/search-input.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';

const suggestion = (kind: Suggestion['kind'], text: string): Suggestion => ({
  kind,
  text,
  query: `${text} `,
  person: null,
  cover: null,
});

it('offers the saved searches while nothing is typed', async () => {
  const backend = fakeBackend({
    'search.suggest': ({ query }) => (query === '' ? [suggestion('saved', 'anna 2019')] : []),
  });
  const search = new SearchInput(backend, (error) => expect.fail(String(error)));
  await search.suggest('', 0);
  search.move(1);
  expect(search.chosen?.query).toBe('anna 2019 ');
  await search.suggest('x', 1);
  expect(search.suggestions).toEqual([]);
  expect(search.chosen).toBeUndefined();
});
