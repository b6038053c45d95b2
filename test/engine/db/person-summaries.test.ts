import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PersonId, PhotoId } from '../../../app/contract/ids.ts';
import { createPeopleQueries } from '../../../app/engine/db/people.ts';
import { createPersonSummaries } from '../../../app/engine/db/person-summaries.ts';
import { createRandom, createTestLibrary, type TestLibrary } from '../../factories/library.ts';

describe('the summary of a person', () => {
  let library: TestLibrary;
  beforeEach(() => {
    library = createTestLibrary();
  });
  afterEach(() => library.close());

  const rows = (text: string) => library.db.sql.prepare(text).all();
  const summaries = () =>
    rows(`
      SELECT person_id, faces, photos, best_id, first_at, last_at, round(prominence, 9) AS prominence
      FROM person_summary ORDER BY person_id`);

  it('is the same whether faces came one by one or all are counted anew', () => {
    const { sql } = library.db;
    const random = createRandom(5);
    const upTo = (count: number): number => Math.floor(random() * count);
    const people: (PersonId | null)[] = [library.person('Anna'), library.person(null), library.person('Ben'), null];
    const photos: PhotoId[] = Array.from({ length: 12 }, (_, i) =>
      library.photo({ taken: i % 4 === 0 ? null : `2019-01-${10 + i}`, width: 300 + 50 * upTo(4) }),
    );
    const kept = createPersonSummaries(sql);
    for (let round = 0; round < 400; round++) {
      const face = 1 + upTo(40);
      const choice = upTo(8);
      if (choice < 2) library.face({ photo: photos[upTo(12)]!, box: [0, 0, 1 + upTo(90), 20], quality: random() });
      else if (choice === 2) sql.prepare('UPDATE face_row SET gone = 1 - gone WHERE id = ?').run(face);
      else if (choice === 3) sql.prepare('UPDATE face_row SET quality = ? WHERE id = ?').run(random(), face);
      else if (choice === 4) library.label(face as never, people[upTo(3)]!);
      else if (choice === 5)
        sql.prepare('UPDATE part SET person_id = ? WHERE id = ?').run(people[upTo(4)]!, 1 + upTo(9));
      else library.show([face], people[upTo(4)]!);
      if (upTo(3) > 0) continue;
      kept.refresh();
      const before = summaries();
      sql.exec('INSERT OR IGNORE INTO part_stale SELECT id FROM part');
      sql.exec('INSERT OR IGNORE INTO person_stale SELECT id FROM person');
      kept.refresh();
      expect(summaries()).toEqual(before);
    }
  });

  it('is not worked out anew because faces come', () => {
    const anna = library.person('Anna');
    const photo = library.photo();
    const queries = createPeopleQueries(library.db.sql);
    library.face({ photo, person: anna });
    queries.list(false);
    const face = library.face({ photo });
    library.show([face], anna);
    expect(rows('SELECT * FROM part_stale')).toEqual([]);
    expect(queries.list(false)).toMatchObject([{ faces: 2, photos: 1 }]);
  });
});
