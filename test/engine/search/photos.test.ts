import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { requests } from '../../../app/contract/api.ts';
import type { PersonId, PhotoId } from '../../../app/contract/ids.ts';
import { createPhotos, type Photos } from '../../../app/engine/search/photos.ts';
import { createTestLibrary, type TestLibrary } from '../../factories/library.ts';

/** Of faces to the others of their person. */
const closeness = new Map<number, number>();
const signal = new AbortController().signal;
let library: TestLibrary;
let photos: Photos;
const people = {} as Record<'anna' | 'ben' | 'carl' | 'hidden' | 'group', PersonId>;
const taken = {} as Record<string, PhotoId>;

beforeAll(() => {
  library = createTestLibrary();
  photos = createPhotos(library.context, (faces) =>
    Promise.resolve(faces.map((face) => closeness.get(face) ?? Infinity)),
  );
  people.anna = library.person('Anna');
  people.ben = library.person('Ben');
  people.carl = library.person('Carl');
  people.hidden = library.person('Waiter', { hidden: true });
  people.group = library.person(null);
  const { anna, ben, carl, hidden, group } = people;
  const add = (
    name: string,
    date: string | null,
    shown: (PersonId | null)[],
    folder = '/photos/2019 Italy/Rome',
    camera: string | null = null,
  ): void => {
    taken[name] = library.photo({ path: `${folder}/${name}.jpg`, taken: date, people: shown, camera });
  };
  add('alone', '2019-08-12T10:30:00', [anna]);
  add('both', '2019-08-01', [anna, ben]);
  add('three', '2019-06-30T23:59:59', [anna, ben, carl]);
  add('waiter', '2019-06-01', [anna, ben, hidden, group, null]);
  add('carl', '2018-12-31', [carl], '/photos/Zürich', 'Canon EOS 5D');
  add('empty', null, [], '/photos/Zürich');
  add('IMG_2034', null, [null], '/fotos/🐶 dog\nhouse');
  library.face({ photo: taken['alone']!, person: ben, gone: true });
});
afterAll(() => library.close());

const find = async (query: string): Promise<string[]> => {
  const timeline = requests['photos.timeline'].output.parse(
    await photos.handlers['photos.timeline']({ query }, signal),
  );
  expect(timeline.months.flatMap((month) => Array.from(month.ids))).toHaveLength(timeline.total);
  const names = Object.entries(taken);
  return timeline.months
    .flatMap((month) => Array.from(month.ids))
    .map((id) => names.find(([, other]) => other === id)?.[0] ?? '?');
};

describe('a search', () => {
  test.each([
    ['', ['alone', 'both', 'three', 'waiter', 'carl', 'IMG_2034', 'empty']],
    ['anna ben', ['both', 'three', 'waiter']],
    ['carl or ben', ['both', 'three', 'waiter', 'carl']],
    ['anna -carl', ['alone', 'both', 'waiter']],
    ['-anna', ['carl', 'IMG_2034', 'empty']],
    ['only:anna', ['alone']],
    ['only:anna,ben', ['both', 'waiter']],
    ['-only:anna,ben', ['alone', 'three', 'carl', 'IMG_2034', 'empty']],
    ['only:nobody', []],
    ['2019', ['alone', 'both', 'three', 'waiter']],
    ['-2019', ['carl', 'IMG_2034', 'empty']],
    ['2019-06', ['three', 'waiter']],
    ['2019-06-30', ['three']],
    ['2019-07..', ['alone', 'both']],
    ['..2018', ['carl']],
    ['2018..2019-06', ['three', 'waiter', 'carl']],
    ['folder:italy anna or ben 2019-08', ['alone', 'both']],
    ['zurich', ['carl', 'empty']],
    ['img_2', ['IMG_2034']],
    ['file:2034', ['IMG_2034']],
    ['file:img_2034', ['IMG_2034']],
    ['file:italy', []],
    ['"dog house"', ['IMG_2034']],
    ['🐶', ['IMG_2034']],
    ['folder:🐶', ['IMG_2034']],
    ['file:🐶', []],
    ['waiter', ['waiter']],
    ['people:0', ['empty']],
    ['people:1', ['alone', 'carl', 'IMG_2034']],
    ['people:3..', ['three', 'waiter']],
    ['people:..1 -people:0', ['alone', 'carl', 'IMG_2034']],
    ['unnamed', ['waiter', 'IMG_2034']],
    ['anna -is:unnamed', ['alone', 'both', 'three']],
    ['summer 2019', ['alone', 'both', 'three', 'waiter']],
    ['winter 2019', ['carl']],
    ['winter 2018', []],
    ['august', ['alone', 'both']],
    ['jun 2019 carl', ['three']],
    ['camera:canon', ['carl']],
    ['camera:"eos 5d"', ['carl']],
    ['-camera:canon 2018', []],
    ['is:favourite', []],
    ['it -alone', ['both', 'three', 'waiter']],
  ])('for %s', async (query, expected) => {
    expect(await find(query)).toEqual(expected);
  });

  test('finds people and groups by id, hidden ones too', async () => {
    expect(await find(`person:${people.group}`)).toEqual(['waiter']);
    expect(await find(`person:${people.hidden}`)).toEqual(['waiter']);
    expect(await find('person:999')).toEqual([]);
  });

  test('refuses a date that does not exist and says where it stands', async () => {
    await expect(photos.handlers['photos.timeline']({ query: 'anna 2019-13' }, signal)).rejects.toThrow(
      /no month 13.*character 11/,
    );
  });

  test('checks a query without running it', () => {
    const check = (query: string) => photos.handlers['search.check']({ query }, signal);
    expect(check('anna 2019-13')).toEqual({ problem: { at: 10, message: 'there is no month 13' } });
    expect(check('anna 2019')).toEqual({ problem: null });
  });

  test('puts photos into months, those without a date last', async () => {
    const timeline = await photos.handlers['photos.timeline']({ query: '' }, signal);
    expect(timeline.months.map((month) => [month.month, month.ids.length])).toEqual([
      ['2019-08', 2],
      ['2019-06', 2],
      ['2018-12', 1],
      ['unknown', 2],
    ]);
    expect(Array.from(timeline.months[0]?.ratios ?? [])).toEqual([1.333, 1.333]);
  });

  test('shows people by name and face', async () => {
    const { chips } = await photos.handlers['photos.timeline']({ query: `person:${people.anna} -ben` }, signal);
    expect(chips.map((chip) => [chip.text, chip.person, chip.negated])).toEqual([
      ['Anna', people.anna, false],
      ['Ben', people.ben, true],
    ]);
    expect(chips.every((chip) => chip.cover !== null)).toBe(true);
  });
});

test('a card has the name, the date and the people of a photo, in the order asked for', async () => {
  const ids = [taken['waiter']!, 999 as PhotoId, taken['both']!];
  const cards = requests['photos.cards'].output.parse(await photos.handlers['photos.cards']({ ids }, signal));
  expect(cards.map((card) => [card.name, card.people])).toEqual([
    ['waiter.jpg', ['Anna', 'Ben']],
    ['both.jpg', ['Anna', 'Ben']],
  ]);
  expect(cards[1]?.takenAt).toBe(Date.UTC(2019, 7, 1));
});

test('a photo has its faces from left to right', async () => {
  const details = requests['photos.get'].output.parse(
    await photos.handlers['photos.get']({ id: taken['waiter']! }, signal),
  );
  expect(details.faces.map((face) => face.person?.name)).toEqual(['Anna', 'Ben', 'Waiter', null, undefined]);
  expect(details.faces[1]?.box).toEqual([120, 0, 100, 100]);
  expect(details.present).toBe(false);
  expect(() => photos.handlers['photos.get']({ id: 999 as PhotoId }, signal)).toThrow(/no photo 999/);
});

test('faces and photos are exported for other programs', async () => {
  const faces = requests['export.faces'].output.parse(await photos.handlers['export.faces']({}, signal));
  expect(faces).toHaveLength(13);
  expect(faces[0]).toEqual({
    id: 1,
    photo: '/photos/2019 Italy/Rome/alone.jpg',
    box: [0, 0, 100, 100],
    score: 0.99,
    quality: 0.8,
    person: people.anna,
  });
  const found = requests['export.search'].output.parse(
    await photos.handlers['export.search']({ query: 'waiter' }, signal),
  );
  expect(found).toEqual([
    {
      photo: '/photos/2019 Italy/Rome/waiter.jpg',
      date: '2019-06-01T00:00:00',
      people: [
        { id: people.anna, name: 'Anna' },
        { id: people.ben, name: 'Ben' },
        { id: people.group, name: null },
      ],
    },
  ]);
});

test('the status counts what is there', async () => {
  const status = requests['library.status'].output.parse(await photos.handlers['library.status']({}, signal));
  expect(status).toMatchObject({
    photos: 7,
    faces: 13,
    people: 4,
    groups: 1,
    failures: 0,
    folders: [],
    clustersOutdated: false,
  });
});

test('what is added is found at once', async () => {
  const before = (await find('')).length;
  taken['late'] = library.photo({ taken: '2022-01-01', path: '/photos/late.jpg' });
  expect(await find('')).toHaveLength(before + 1);
  library.db.sql.prepare('DELETE FROM photo WHERE id = ?').run(taken['late']);
  expect(await find('')).toHaveLength(before);
});

describe('the order of what is found', () => {
  const found = async (query: string) => {
    const { months, chips } = await photos.handlers['photos.timeline']({ query }, signal);
    const names = new Map(Object.entries(taken).map(([name, id]) => [id, name]));
    return {
      sections: months.map(({ month }) => month),
      names: months.flatMap(({ ids }) => Array.from(ids, (id) => names.get(id))),
      chips,
    };
  };
  const faceOf = (name: string, person: PersonId): number =>
    Number(
      library.db.sql
        .prepare('SELECT id FROM face WHERE photo_id = ? AND person_id = ? AND gone = 0')
        .get(taken[name]!, person)!['id'],
    );
  const place = (name: string, person: PersonId, distance: number) => closeness.set(faceOf(name, person), distance);

  test('is by time, or by how well the faces of the people match', async () => {
    for (const [name, distance] of [
      ['alone', 0.9],
      ['both', 0.5],
      ['three', 0.7],
      ['waiter', 0.6],
    ] as const) {
      place(name, people.anna, distance);
    }
    const { sections, names, chips } = await found('anna sort:match');
    expect(names).toEqual(['both', 'waiter', 'three', 'alone']);
    expect(sections).toEqual(['match']);
    expect(chips.map(({ kind, text }) => [kind, text])).toEqual([
      ['person', 'Anna'],
      ['sort', 'best match first'],
    ]);
    expect((await found('anna sort:time')).names).toEqual((await found('anna')).names);
  });

  test('puts a photo where the worst of several people would be, and what is confirmed before the rest', async () => {
    for (const [name, distance] of [
      ['both', 0.8],
      ['three', 0.2],
      ['waiter', 0.9],
    ] as const)
      place(name, people.ben, distance);
    expect((await found('sort:match anna ben')).names).toEqual(['three', 'both', 'waiter']);
    expect((await found('anna or ben sort:match')).names).toEqual(['three', 'both', 'waiter', 'alone']);
    library.label(faceOf('alone', people.anna) as never, people.anna);
    expect((await found('anna sort:m')).names[0]).toBe('alone');
  });

  test('stays by time where nobody is asked for, and an order that does not exist shows where', async () => {
    expect((await found('2019 sort:match')).sections).not.toContain('match');
    expect((await found('zürich sort:')).names).toEqual((await found('zürich')).names);
    await expect(found('anna sort:colour')).rejects.toMatchObject({ code: 'bad-query' });
    const { problem } = photos.handlers['search.check']({ query: 'anna sort:colour' }, signal) as {
      problem: { at: number };
    };
    expect(problem.at).toBe('anna sort:'.length);
  });
});

test('who is often together with those of a search', async () => {
  const together = async (query: string) =>
    (await photos.handlers['search.together']({ query }, signal)).map(({ name, photos: count }) => [name, count]);
  expect(await together('anna')).toEqual([
    ['Ben', 3],
    ['Carl', 1],
  ]);
  expect(await together('anna ben')).toEqual([['Carl', 1]]);
  expect(await together('only:anna')).toEqual([]);
  expect(await together('zürich')).toEqual([['Carl', 1]]);
});
