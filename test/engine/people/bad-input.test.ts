import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, testDimensions, type PeopleLibrary } from '../../factories/people-library.ts';

describe('bad input to people', () => {
  let home: PeopleLibrary;
  beforeEach(() => {
    home = createPeopleLibrary();
  });
  afterEach(() => home.close());

  const group = async (who: number): Promise<PersonId> => {
    const [face] = (await home.take([who]), await home.take([who]));
    return home.personOf(face!)!;
  };
  const nameOf = async (id: PersonId) => (await home.ask('people.get', { id })).name;

  it.each([
    ['right to left', 'مریم السيد'],
    ['right to left with points', 'שָׂרָה'],
    ['many marks on one letter', `Zoe${'\u0301\u0308\u0323'.repeat(20)}`],
    ['emoji joined to one', '👨‍👩‍👧‍👦 & co'],
    ['a script of India', 'प्रिया शर्मा'],
    ['what SQL and HTML take for their own', `Robert'); DROP TABLE person;-- <b>"`],
  ])('a name %s is kept, found by its beginning, and moved to', async (_, name) => {
    const [anna, other] = [await group(0), await group(1)];
    await home.ask('people.name', { person: anna, name });
    expect(await nameOf(anna)).toBe(name.normalize('NFC'));
    const start = [...new Intl.Segmenter().segment(name)][0]!.segment;
    expect((await home.ask('people.complete', { prefix: start })).map(({ id }) => id)).toEqual([anna]);
    const [face] = (await home.ask('people.faces', { id: other, offset: 0, limit: 1 })).faces;
    await home.ask('faces.move', { faces: [face!.id], to: { name: name.normalize('NFD') } });
    expect(home.personOf(face!.id)).toBe(anna);
  });

  it('a name of control characters alone takes the name away', async () => {
    const anna = await group(0);
    await home.ask('people.name', { person: anna, name: 'Anna' });
    await home.ask('people.name', { person: anna, name: '\u0000\u0007\n\u2028' });
    expect(await nameOf(anna)).toBeNull();
  });

  it('200 letters of many marks are a name, 201 are not', async () => {
    const anna = await group(0);
    const letter = 'e\u0323\u0308';
    await home.ask('people.name', { person: anna, name: letter.repeat(200) });
    await expect(home.ask('people.name', { person: anna, name: letter.repeat(201) })).rejects.toMatchObject({
      code: 'bad-name',
    });
  });

  it('a name of 10,000 characters is refused in words, and nothing is changed', async () => {
    const anna = await group(0);
    await home.ask('people.name', { person: anna, name: 'Anna' });
    await expect(home.ask('people.name', { person: anna, name: 'x'.repeat(10_000) })).rejects.toMatchObject({
      code: 'bad-name',
      message: expect.stringMatching(/200/) as string,
    });
    expect(await nameOf(anna)).toBe('Anna');
    expect((await home.ask('history.state', {})).undo?.label).toBe('Named Anna');
  });

  it('two people of one name stay two, until they are merged', async () => {
    const [one, other] = [await group(0), await group(1)];
    await home.ask('people.name', { person: one, name: 'Anna' });
    await home.ask('people.name', { person: other, name: 'Anna' });
    await home.ask('cluster.run', {});
    expect((await home.ask('people.list', { hidden: false })).map(({ id, name, faces }) => [id, name, faces])).toEqual([
      [one, 'Anna', 2],
      [other, 'Anna', 2],
    ]);
    expect(await home.ask('people.mergePreview', { into: one, from: [other] })).toMatchObject({
      name: 'Anna',
      namesLost: [],
    });
    await home.ask('people.erase', { person: other });
    expect(await nameOf(one)).toBe('Anna');
  });

  it('a person whose last face goes keeps the name, can be merged, and can be erased', async () => {
    const [anna, ben] = [await group(0), await group(1)];
    await home.ask('people.name', { person: anna, name: 'Anna' });
    const { faces } = await home.ask('people.faces', { id: anna, offset: 0, limit: 10 });
    await home.ask('faces.reject', { faces: faces.map(({ id }) => id) });
    expect(await home.ask('people.get', { id: anna })).toMatchObject({ name: 'Anna', faces: 0, cover: null });
    expect(await home.ask('people.suggestions', { person: anna })).toEqual([]);
    await home.ask('people.merge', { into: ben, from: [anna] });
    expect(await nameOf(ben)).toBe('Anna');
    await home.ask('history.undo', {});
    expect(await home.ask('people.erase', { person: anna })).toEqual({ faces: 0 });
    await expect(nameOf(anna)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('faces whose vectors are zero or no numbers are left out of groups, said so, and can be named all the same', async () => {
    await group(0);
    const photo = home.library.photo();
    const [zero, noNumber] = [new Float32Array(testDimensions), new Float32Array(testDimensions).fill(NaN)];
    const ids = [home.library.face({ photo }), home.library.face({ photo })];
    const put = home.library.db.sql.prepare(`INSERT INTO embedding VALUES (?, 'test-embedder', ?)`);
    put.run(ids[0]!, new Uint8Array(zero.buffer));
    put.run(ids[1]!, new Uint8Array(noNumber.buffer));
    const vectors = Float32Array.from([...zero, ...noNumber]);
    await home.people.facesAdded({ ids: Int32Array.from(ids), vectors });
    expect(await home.ask('cluster.run', {})).toEqual({ people: 0, groups: 1 });
    expect(ids.map((face) => home.personOf(face))).toEqual([null, null]);
    expect(home.library.emitted).toContainEqual({
      name: 'notice',
      payload: { message: '2 faces have no usable vector and are left out of the groups' },
    });
    await home.ask('faces.move', { faces: [ids[1]!], to: { name: 'Ben' } });
    await home.ask('faces.same', { faces: ids });
    await home.ask('cluster.run', {});
    expect(ids.map((face) => home.personOf(face))).not.toContain(null);
  });

  it('words about faces that are gone, doubled or never were are refused with a reason', async () => {
    const anna = await group(0);
    const { faces } = await home.ask('people.faces', { id: anna, offset: 0, limit: 10 });
    const one = faces[0]!.id;
    for (const pair of [
      [one, one],
      [one, 999 as FaceId],
    ]) {
      await expect(home.ask('faces.same', { faces: pair })).rejects.toMatchObject({ code: 'not-found' });
      await expect(home.ask('faces.different', { faces: pair })).rejects.toMatchObject({ code: 'not-found' });
    }
    await expect(home.ask('people.mergePreview', { into: anna, from: [999] })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(home.ask('people.erase', { person: 999 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(home.ask('regroup.apply', { faces: [one] })).rejects.toMatchObject({ code: 'not-found' });
  });
});
