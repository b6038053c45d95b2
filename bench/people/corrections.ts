import type { FaceId, PersonId } from '../../app/contract/ids.ts';
import { createPeopleQueries } from '../../app/engine/db/people.ts';
import { createHistory } from '../../app/engine/history/history.ts';
import { createPersonCorrections } from '../../app/engine/people/correct-people.ts';
import type { IndexFeed } from '../../app/engine/people/index-feed.ts';
import { createPeoplePages } from '../../app/engine/people/people-pages.ts';
import { createSplitting } from '../../app/engine/people/split-person.ts';
import { createTestLibrary, type TestLibrary } from '../../test/factories/library.ts';
import { createTestSearch } from '../../test/factories/search.ts';
import { withoutUpkeep } from '../without-upkeep.ts';
import { createMadeUpRows } from './made-up-rows.ts';
import { head, measure, residentMegabytes, row } from './measure.ts';

/** A twentieth of the faces is one person's; others have so many. */
const middling = [10_000, 2000];
const people = 2000;

/** Rows of people and faces, made up, straight in SQLite, and what a user says about people of several sizes. */
export async function benchCorrections(faces = 100_000): Promise<void> {
  const library = createTestLibrary();
  const { sql } = library.db;
  const into = library.person('Somebody');
  const subjects = [Math.floor(faces / 20), ...middling.filter((size) => size < faces / 20)];
  const unnamed = subjects.map(() => library.person(null));
  fill(library, faces, [into, ...unnamed], [100, ...subjects]);

  const queries = createPeopleQueries(sql);
  const history = createHistory(library.db, Date.now, () => undefined);
  const search = createTestSearch(sql);
  const handlers = {
    ...createPeoplePages(queries).handlers,
    ...createPersonCorrections(queries, history).handlers,
    ...createSplitting(library.context, queries, {} as IndexFeed, history).handlers,
  };
  const signal = new AbortController().signal;
  const report = async (what: string, work: () => unknown, times = 1): Promise<void> => {
    const taken = [];
    for (let i = 0; i < times; i++) taken.push(await measure(work));
    const { wall, cpu } = taken.sort((a, b) => a.wall - b.wall)[Math.floor(times / 2)] ?? { wall: 0, cpu: 0 };
    row(what, wall, cpu);
  };
  /** What the pages ask after a correction. */
  const look = async (): Promise<void> => {
    await report('– the list of people after it', () => handlers['people.list']({ hidden: false }, signal));
    await report('– columns of the search after it', () => search.columns.refresh());
  };

  console.log(`\n${faces} faces, as many photos, ${people} people`);
  head('what', 'wall ms', 'CPU ms');
  await report('people.list, first', () => handlers['people.list']({ hidden: false }, signal));
  await report('people.list, median of 9', () => handlers['people.list']({ hidden: false }, signal), 9);
  await report('columns of the search, first', () => search.columns.refresh());
  console.log(`resident ${residentMegabytes()}`);
  for (const person of unnamed) {
    console.log(`\nA person with ${queries.faceCount(person)} faces`);
    head('what', 'wall ms', 'CPU ms');
    const page = { id: person, offset: 0, limit: 200 };
    await report('people.get, median of 3', () => handlers['people.get']({ id: person }, signal), 3);
    await report('people.faces, first 200, median of 3', () => handlers['people.faces'](page, signal), 3);
    await report('name', () => handlers['people.name']({ person, name: 'Anna' }, signal));
    await look();
    const leaving = queries.faces(person, 50, 100).map(({ id }): FaceId => id);
    await report('split 100 off', () => handlers['people.split']({ person, faces: leaving }, signal));
    await look();
    for (const [what, work] of [
      ['undo the split', () => history.undo()],
      ['merge into another', () => handlers['people.merge']({ into, from: [person] }, signal)],
      ['undo the merge', () => history.undo()],
      ['redo the merge', () => history.redo()],
      ['undo again', () => history.undo()],
      ['undo the name', () => history.undo()],
      ['redo the name', () => history.redo()],
    ] as const) {
      await report(what, work);
      await look();
    }
  }
  console.log(`\nresident after all ${residentMegabytes()}`);
  library.close();
}

/** `sizes` of the first people, in faces spread evenly over the library; the others share the rest, few most of it. */
function fill(library: TestLibrary, faces: number, first: readonly PersonId[], sizes: readonly number[]): void {
  const { photo, face, addPart } = createMadeUpRows(library);
  const { random } = library.context;
  const others = Array.from({ length: people }, (_, i) => library.person(i % 4 === 0 ? `Person ${i}` : null));
  const [firstParts, parts] = [first.map(addPart), others.map(addPart)];
  const wanted = firstParts.flatMap((part, at) =>
    Array.from({ length: sizes[at] ?? 0 }, (_, i) => ({ part, at: ((i + random()) * faces) / (sizes[at] ?? 1) })),
  );
  wanted.sort((a, b) => b.at - a.at);
  withoutUpkeep(library.db, () => {
    for (let i = 0; i < faces; i++) {
      photo.run(i + 1, `/photos/${i}.jpg`, Math.floor(1e12 + random() * 6e11));
      const theirs = (wanted.at(-1)?.at ?? Infinity) <= i ? wanted.pop()?.part : undefined;
      face.run(i + 1, random(), theirs ?? parts[Math.floor(people * random() ** 2)] ?? null);
    }
  });
}
