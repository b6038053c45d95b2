import type { DatabaseSync } from 'node:sqlite';

import { createColumnReads } from '../../app/engine/db/column-reads.ts';
import { createPhotoPages } from '../../app/engine/db/photo-pages.ts';
import { createTextSearch } from '../../app/engine/db/text-search.ts';
import { createPhotoSearch, type PhotoSearch } from '../../app/engine/search/photo-search.ts';

/** A search over a library, as the engine puts it together. */
export function createTestSearch(sql: DatabaseSync): PhotoSearch {
  return createPhotoSearch({
    reads: createColumnReads(sql),
    text: createTextSearch(sql),
    pages: createPhotoPages(sql),
  });
}
