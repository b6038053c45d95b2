import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createGrowingFamily } from '../../factories/identities.ts';
import { createPeopleLibrary, testDimensions, type PeopleLibrary } from '../../factories/people-library.ts';

type Look = (year: number) => Float32Array;

/**
 * Anna as a child looks 0.79 from what she looks like later (L2 between looks), her daughter as a child 0.76 from what
 * Anna looked like then; two faces of one person and age lie about 0.63 apart.
 */
describe('a child and the adult', () => {
  let home: PeopleLibrary;
  let anna: Look;
  let daughter: Look;
  beforeEach(() => {
    home = createPeopleLibrary();
    const { member } = createGrowingFamily(6, testDimensions, 0.5);
    anna = member(1990, { common: 0.55, kept: 0.4 });
    daughter = member(2013, { common: 0.55, kept: 0.4 });
  });
  afterEach(() => home.close());

  /** Photos of somebody, `count` from each of the years on. */
  const photos = async (of: Look, years: readonly number[], count = 3, byFile = false): Promise<FaceId[]> => {
    const faces: FaceId[] = [];
    for (const year of years) {
      for (let i = 0; i < count; i++) {
        faces.push(...(await home.take([of(year + i / 10)], { taken: `${year}-0${2 * i + 1}-01`, byFile })));
      }
    }
    return faces;
  };
  const group = () => home.ask('cluster.run', {});
  const peopleOf = (faces: readonly FaceId[]) => [...new Set(faces.map((face) => home.personOf(face)))];
  const name = async (faces: readonly FaceId[], called: string): Promise<PersonId> => {
    const person = home.personOf(faces[0]!)!;
    await home.ask('people.name', { person, name: called });
    return person;
  };

  const next = async () => (await home.ask('review.next', {})).question;
  const suggestedFor = async (person: PersonId) => home.ask('people.suggestions', { person });
  /** As if no camera had written a day. */
  const dateByFile = (): void => home.library.db.sql.exec("UPDATE photo SET date_source = 'file'");

  it('are not grouped as one, but asked about and suggested, with the years that are known', async () => {
    const child = await photos(anna, [1993, 1994]);
    const grown = await photos(anna, [2016, 2017]);
    await group();
    expect([peopleOf(child).length, peopleOf([...child, ...grown]).length]).toEqual([1, 2]);
    const person = await name(grown, 'Anna');
    const question = await next();
    expect(question).toMatchObject({ person: { name: 'Anna' }, settles: 6, otherYear: 2016 });
    const [suggestion, ...more] = await suggestedFor(person);
    expect([suggestion?.person.id, more]).toEqual([home.personOf(child[0]!), []]);
    expect(suggestion?.reason).toMatch(
      /^Looks like Anna around 2016, at another age: of different people one pair in \d/,
    );
    // The same from the child's side.
    expect((await suggestedFor(home.personOf(child[0]!)!))[0]?.reason).toContain('Looks like Anna around 2016');
    await home.ask('review.answer', { ...question!, person, answer: 'yes' });
    expect(peopleOf([...child, ...grown])).toEqual([person]);
    await group();
    expect(peopleOf([...child, ...grown])).toEqual([person]);
  });

  it('do not draw a daughter in who looks as her mother once did, which without days they would', async () => {
    const child = await photos(anna, [1993, 1994]);
    const grown = await photos(anna, [2016, 2017]);
    const other = await photos(daughter, [2016, 2017]);
    await group();
    const person = await name(grown, 'Anna');
    await home.ask('people.merge', { into: person, from: [home.personOf(child[0]!)!] });
    expect(await suggestedFor(person)).toEqual([]);
    expect(await suggestedFor(home.personOf(other[0]!)!)).toEqual([]);
    expect(await next()).toBeNull();
    dateByFile();
    expect((await suggestedFor(person)).map((each) => each.person.id)).toEqual(peopleOf(other));
  });

  it('are found through the years between them the more surely', async () => {
    const small = await photos(anna, [1991]);
    const grown = await photos(anna, [2016, 2017]);
    await group();
    const person = await name(grown, 'Anna');
    const before = await next();
    expect(before).toMatchObject({ group: home.personOf(small[0]!), otherYear: 2016 });
    const between = await photos(anna, [1998, 1999]);
    await home.ask('faces.move', { faces: between, to: { person } });
    const after = await next();
    expect(after).toMatchObject({ group: home.personOf(small[0]!), otherYear: 1998 });
    expect(1 - after!.likelihood).toBeLessThan((1 - before!.likelihood) / 5);
    expect((await suggestedFor(person))[0]?.reason).toContain('Looks like Anna around 1998');
  });

  it('are both trusted to be the person: each face is judged by the looks of its years', async () => {
    const child = await photos(anna, [1993, 1994]);
    const grown = await photos(anna, [2016, 2017]);
    await group();
    const person = await name(grown, 'Anna');
    home.library.db.sql
      .prepare('UPDATE part SET person_id = ? WHERE person_id = ?')
      .run(person, home.personOf(child[0]!));
    const trusted = async () => (await home.ask('people.estimate', { id: person }))!.precision.value;
    const byYears = await trusted();
    dateByFile();
    const asOne = await trusted();
    expect(byYears).toBeGreaterThan(0.95);
    expect(1 - byYears).toBeLessThan((1 - asOne) / 2);
  });

  it('are not suspected of being two people, as two of one time are', async () => {
    const child = await photos(anna, [1993, 1994]);
    const grown = await photos(anna, [2016, 2017]);
    await home.ask('faces.move', { faces: [...child, ...grown], to: { name: 'Anna' } });
    const person = home.personOf(grown[0]!)!;
    const subgroups = async () => home.ask('people.subgroups', { person });
    const { groups, twoPeople } = await subgroups();
    expect([groups.length, twoPeople]).toEqual([2, false]);
    dateByFile();
    expect((await subgroups()).twoPeople).toBe(true);
  });

  it('are not looked for before the birth', async () => {
    const child = await photos(anna, [1993, 1994]);
    const grown = await photos(anna, [2016, 2017]);
    await group();
    const person = await name(grown, 'Anna');
    expect(await next()).toMatchObject({ group: home.personOf(child[0]!) });
    await home.ask('people.birth', { person, birth: Date.UTC(1999, 0) });
    expect(await next()).toBeNull();
    await home.ask('people.birth', { person, birth: Date.UTC(1990, 0) });
    expect(await next()).toMatchObject({ otherYear: 2016 });
  });

  it('are not kept apart by the time of a file, which is when it was copied', async () => {
    const faces = [...(await photos(anna, [1993])), ...(await photos(anna, [2016, 2017]))];
    await home.ask('faces.move', { faces, to: { name: 'Anna' } });
    const copied = async (look: Look, year: number) =>
      (await photos(look, [year], 2, true)).map((face) => home.personOf(face));
    // Photos of the child, copied when she was grown.
    const late: (PersonId | null)[] = [];
    for (const face of [anna(1993.2), anna(1993.3)]) {
      const [id] = await home.take([face], { taken: '2017-01-01', byFile: true });
      late.push(home.personOf(id!));
    }
    expect(late).toEqual(peopleOf(faces).concat(peopleOf(faces)));
    expect(await copied(anna, 2016)).toEqual(late);
  });
});
