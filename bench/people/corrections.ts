import { createPeopleQueries } from '../../app/engine/db/people.ts';
import { createHistory } from '../../app/engine/history/history.ts';
import { createPersonCorrections } from '../../app/engine/people/correct-people.ts';
import { createTestLibrary } from '../../test/factories/library.ts';
import { withoutUpkeep } from '../without-upkeep.ts';
import { head, row } from './measure.ts';

/** Rows of people and faces, made up, straight in SQLite; the corrections that touch most faces. One person has a twentieth. */
export function benchCorrections(faces = 100_000, people = 2000): void {
  const library = createTestLibrary();
  const { db } = library;
  const ids = Array.from({ length: people }, (_, i) => library.person(i % 4 === 0 ? `Person ${i}` : null));
  const largest = library.person(null);
  withoutUpkeep(db, () => {
    for (let i = 0; i < faces; i++) {
      const photo = library.photo();
      const person = i % 20 === 0 ? largest : (ids[Math.floor(people * library.context.random() ** 2)] ?? null);
      library.face({ photo, person, quality: library.context.random() });
    }
    db.sql.exec('UPDATE photo SET faces = 1');
  });
  const queries = createPeopleQueries(db.sql);
  const history = createHistory(db, Date.now, () => undefined);
  const { handlers } = createPersonCorrections(queries, history);
  const signal = new AbortController().signal;

  console.log(`\n${faces} faces, ${people} people, the largest with ${queries.faceCount(largest)} faces`);
  head('what', 'wall ms', 'CPU ms');
  measure('people.list, first', () => queries.list(false));
  measure('people.list, median of 9', () => queries.list(false), 9);
  measure('people.get of the largest, median of 9', () => queries.get(largest), 9);
  measure('people.faces, first 200 of the largest', () => queries.faces(largest, 0, 200), 9);
  measure('name the largest', () => handlers['people.name']({ person: largest, name: 'Anna' }, signal));
  measure('people.list after it', () => queries.list(false));
  const [into] = ids;
  if (into !== undefined)
    measure('merge the largest into another', () => handlers['people.merge']({ into, from: [largest] }, signal));
  measure('people.list after it', () => queries.list(false));
  measure('undo', () => history.undo());
  measure('people.list after it', () => queries.list(false));
  measure('redo', () => history.redo());
  library.close();
}

function measure(what: string, work: () => unknown, times = 1): void {
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    const cpu = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(cpu);
    return { wall: performance.now() - start, cpu: (user + system) / 1000 };
  }).sort((a, b) => a.wall - b.wall);
  const { wall = 0, cpu = 0 } = taken[Math.floor(taken.length / 2)] ?? {};
  row(what, wall, cpu);
}
