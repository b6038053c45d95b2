import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('how well a person is known', () => {
  let home: PeopleLibrary;
  let anna: PersonId;
  let faces: FaceId[];
  beforeEach(async () => {
    home = createPeopleLibrary();
    faces = [];
    for (let i = 0; i < 8; i++) faces.push(...(await home.take([0])));
    for (let i = 0; i < 4; i++) await home.take([1]);
    anna = home.personOf(faces[0]!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
  });
  afterEach(() => home.close());

  const estimate = async () => (await home.ask('people.estimate', { id: anna }))!;

  it('is told of a named person with faces, and of nobody else', async () => {
    const { faces: count, confirmed, removed, precision, missing, asked } = await estimate();
    expect([count, confirmed, removed, asked]).toEqual([8, 0, 0, 0]);
    expect(precision.value).toBeGreaterThan(0.95);
    expect(missing.value).toBeLessThan(1);
    const group = (await home.ask('people.list', { hidden: false })).find(({ name }) => name === null)!;
    expect(await home.ask('people.estimate', { id: group.id })).toBeNull();
    await expect(home.ask('people.estimate', { id: 9999 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is not guessed where a person has a single face', async () => {
    const [lone] = await home.take([2]);
    await home.ask('faces.move', { faces: [lone!], to: { name: 'Ben' } });
    expect(await home.ask('people.estimate', { id: home.personOf(lone!)! })).toBeNull();
  });

  it('doubts a person among whose faces are those of another', async () => {
    const clean = await estimate();
    const mixed: FaceId[] = [];
    for (let i = 0; i < 3; i++) mixed.push(...(await home.take([1])));
    home.library.show(mixed, anna);
    expect((await estimate()).precision.value).toBeLessThan(clean.precision.value - 0.1);
  });

  it('counts what the user confirmed and what was taken away, until that is undone', async () => {
    await home.ask('faces.move', { faces: faces.slice(0, 2), to: { person: anna } });
    await home.ask('faces.reject', { faces: [faces[7]!] });
    expect(await estimate()).toMatchObject({ faces: 7, confirmed: 2, removed: 1 });
    await home.ask('history.undo', {});
    expect(await estimate()).toMatchObject({ faces: 8, confirmed: 2, removed: 0 });
  });

  it('expects the faces that the review would ask about to be missing', async () => {
    home.library.db.sql.exec(`UPDATE face_row SET part_id = NULL WHERE id IN (${faces.slice(5).join(',')})`);
    const { missing, asked } = await estimate();
    expect(asked).toBe(3);
    expect(missing.value).toBeGreaterThan(2.5);
    expect(missing.value).toBeLessThan(5);
  });
});
