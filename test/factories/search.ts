import fc from 'fast-check';
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

const words = 'anna|ben|maria|img|or |unnamed|winter |summer |aug |2019|-13|12|NEAR| AND ';
const fields = 'only:|folder:|file:|person:|people:|is:|camera:|:';
const signs = ` |"|-|,|..|“|\n|é|🐶|\ud83d|\u{1e030}|\0|*|^|'|)|(|%`;
const pieces = [words, fields, signs].flatMap((some) => some.split('|'));

/** Any text, and any text made of what means something in a query. */
export const queryText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join('')),
);
