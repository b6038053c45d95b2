import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('suggesting who may be the same', () => {
  let home: PeopleLibrary;
  let anna: PersonId;
  let bea: PersonId;
  let faces: FaceId[];
  beforeEach(async () => {
    home = createPeopleLibrary();
    faces = [];
    for (let i = 0; i < 6; i++) faces.push(...(await home.take([0])));
    for (let i = 0; i < 3; i++) await home.take([1]);
    anna = home.personOf(faces[0]!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
    await home.ask('faces.move', { faces: faces.slice(4), to: { name: 'Bea' } });
    bea = home.personOf(faces[5]!)!;
  });
  afterEach(() => home.close());

  const suggestedFor = async (person: PersonId) => home.ask('people.suggestions', { person });

  it('names the nearest others, both nearest faces, the distance and the reason', async () => {
    const found = await suggestedFor(anna);
    expect(found.map(({ person }) => person.id)).toEqual([bea]);
    const [{ nearest, distance, alike, pairs, reason }] = found as [(typeof found)[0]];
    expect(faces.slice(0, 4)).toContain(nearest[0]);
    expect(faces.slice(4)).toContain(nearest[1]);
    expect(distance).toBeLessThan(alike);
    expect(pairs).toBe(8);
    expect(reason).toContain('8 pairs of faces are alike');
  });

  it('sees another behind a person whose own faces fill every list', async () => {
    const more: FaceId[] = [];
    for (let i = 0; i < 60; i++) more.push(...(await home.take([0])));
    await home.ask('faces.move', { faces: more, to: { person: anna } });
    const found = await suggestedFor(bea);
    expect(found.map(({ person }) => person.id)).toEqual([anna]);
    expect((await suggestedFor(anna)).map(({ person }) => person.id)).toEqual([bea]);
  });

  it('never suggests people who are in one photo together', async () => {
    const [one] = await home.take([0, 1]);
    await home.ask('faces.move', { faces: [one!], to: { person: anna } });
    const [, second] = await home.take([2, 0]);
    await home.ask('faces.move', { faces: [second!], to: { person: bea } });
    const photo = home.library.db.sql.prepare(
      'UPDATE face_row SET photo_id = (SELECT photo_id FROM face WHERE id = ?) WHERE id = ?',
    );
    photo.run(one!, second!);
    expect(await suggestedFor(anna)).toEqual([]);
  });

  it('does not ask again after a no, from neither side, through grouping and a restart, until the no is undone', async () => {
    const action = await home.ask('people.apart', { person: anna, other: bea });
    expect(action).toMatchObject({ kind: 'apart', label: 'Told Anna and Bea apart' });
    await home.ask('cluster.run', {});
    await home.restart();
    expect(await suggestedFor(anna)).toEqual([]);
    expect(await suggestedFor(bea)).toEqual([]);
    await home.ask('history.undo', {});
    expect(await suggestedFor(anna)).toHaveLength(1);
  });

  it('keeps a group without a name apart from a person for good', async () => {
    await home.ask('people.name', { person: bea, name: '' });
    await home.ask('people.apart', { person: bea, other: anna });
    for (let i = 0; i < 2; i++) await home.ask('cluster.run', {});
    expect(faces.slice(4).map((face) => home.personOf(face))).not.toContain(anna);
    expect(await suggestedFor(anna)).toEqual([]);
  });

  it('lets a merge overrule an earlier no', async () => {
    await home.ask('people.apart', { person: anna, other: bea });
    await home.ask('people.merge', { into: anna, from: [bea] });
    await home.ask('cluster.run', {});
    expect(new Set(faces.map((face) => home.personOf(face)))).toEqual(new Set([anna]));
  });

  it('refuses a person who is not there, and one person twice', async () => {
    const nobody = 9999 as PersonId;
    await expect(suggestedFor(nobody)).rejects.toMatchObject({ code: 'not-found' });
    await expect(home.ask('people.apart', { person: anna, other: nobody })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(home.ask('people.apart', { person: anna, other: anna })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});
