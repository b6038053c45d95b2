import type { DatabaseSync } from 'node:sqlite';

/**
 * Calls back for what is written through this connection from now on, also what is rolled back: by triggers of this
 * connection alone, which leave nothing in the file. Each call makes its own.
 * @param events what happens to a table of `main`, and the number that `hear` gets
 */
export function watchTables(
  sql: DatabaseSync,
  events: readonly (readonly [event: string, heard: string])[],
  hear: (id: number) => void,
): void {
  const name = `heard_${++watchers}`;
  sql.function(name, (id) => (hear(Number(id)), null));
  for (const [at, [event, id]] of events.entries()) {
    sql.exec(`CREATE TEMP TRIGGER ${name}_${at} AFTER ${event} BEGIN SELECT ${name}(${id}); END`);
  }
}
let watchers = 0;
