import { expect, test } from 'vitest';

import { createColumnReads } from '../../../app/engine/db/column-reads.ts';
import { createTestLibrary } from '../../factories/library.ts';

test('what spans the library is read along indexes, in their order', () => {
  const library = createTestLibrary();
  const plan = createColumnReads(library.db.sql).explain();
  expect(plan).toEqual([
    expect.stringMatching(/^SEARCH photo USING COVERING INDEX photo_taken \(\(?taken_at/),
    expect.stringMatching(/^SEARCH photo USING COVERING INDEX photo_taken \(taken_at=\?/),
    'SEARCH face USING INTEGER PRIMARY KEY (rowid>?)',
    expect.stringMatching(/^CORRELATED SCALAR SUBQUERY/),
    'SEARCH not_person USING INTEGER PRIMARY KEY (rowid=?)',
  ]);
  library.close();
});
