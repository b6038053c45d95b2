import type { DatabaseSync } from 'node:sqlite';

import type { FaceId, PhotoId } from '../../contract/ids.ts';

/** What people would be if they were one. Only faces that are there count. */
export interface MergeQueries {
  counts(people: readonly number[]): { faces: number; photos: number; firstAt: number | null; lastAt: number | null };
  /** Photos with several of them where the user did not say that somebody is in it twice; newest first. */
  together(people: readonly number[]): PhotoId[];
  /** Faces of one of them that are said not to be another. */
  rejected(people: readonly number[]): FaceId[];
}

const somePeople = 'IN (SELECT value FROM json_each(:people))';
const facesOfSome = `
  json_each(:people) AS asked CROSS JOIN part ON part.person_id = asked.value
    CROSS JOIN face_row AS face ON face.part_id = part.id`;

export function createMergeQueries(sql: DatabaseSync): MergeQueries {
  const counts = sql.prepare(`
    SELECT count(*) AS faces, count(DISTINCT photo_id) AS photos, min(taken_at) AS firstAt, max(taken_at) AS lastAt
    FROM ${facesOfSome} JOIN photo ON photo.id = photo_id WHERE gone = 0`);
  const together = sql.prepare(`
    SELECT photo_id AS id FROM ${facesOfSome} JOIN photo ON photo.id = photo_id
    WHERE gone = 0 AND photo_id NOT IN (SELECT photo_id FROM mirror)
    GROUP BY photo_id HAVING count(DISTINCT person_id) > 1 ORDER BY max(taken_at) DESC, photo_id`);
  const rejected = sql.prepare(`
    SELECT DISTINCT face.id FROM rejection JOIN face ON face.id = face_id
    WHERE rejection.person_id ${somePeople} AND face.person_id ${somePeople} AND gone = 0 ORDER BY face.id`);
  const ids = (rows: Record<string, unknown>[]): number[] => rows.map((row) => Number(row['id']));
  return {
    counts: (people) => counts.get({ people: JSON.stringify(people) }) as unknown as ReturnType<MergeQueries['counts']>,
    together: (people) => ids(together.all({ people: JSON.stringify(people) })) as PhotoId[],
    rejected: (people) => ids(rejected.all({ people: JSON.stringify(people) })) as FaceId[],
  };
}
