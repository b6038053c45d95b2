import type { DatabaseSync } from 'node:sqlite';

import { isDated } from './dated-faces.ts';

type Pairs = Int32Array<ArrayBuffer>;

/** When faces were taken and people were born, in whole days since 1970. Faces whose day nobody knows are left out. */
export interface TimeQueries {
  /** face, day, … */
  daysOf(faces: readonly number[]): Pairs;
  /** person, day, … */
  births(): Pairs;
}

export function createTimeQueries(sql: DatabaseSync): TimeQueries {
  const flat = (text: string) => {
    const statement = sql.prepare(text);
    statement.setReturnArrays(true);
    return (...values: (number | string)[]): Pairs =>
      Int32Array.from((statement.all(...values) as unknown as number[][]).flat());
  };
  const daysOf = flat(`
    SELECT face.id, ${dayOf('taken_at')} FROM json_each(?) AS asked CROSS JOIN face ON face.id = asked.value
      JOIN photo ON photo.id = photo_id WHERE ${isDated}`);
  return {
    daysOf: (faces) => daysOf(JSON.stringify(faces)),
    births: flat(`SELECT id, ${dayOf('birth')} FROM person WHERE birth IS NOT NULL`),
  };
}

/** Of milliseconds; rounded down, before 1970 too. */
export function dayOf(column: string): string {
  return `CAST(floor(${column} / 86400000.0) AS INTEGER)`;
}
