import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PhotoId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('what is said of faces and of one another', () => {
  let home: PeopleLibrary;
  beforeEach(() => {
    home = createPeopleLibrary();
  });
  afterEach(() => home.close());

  /** A face of each photo; the same person every time. */
  const takeMany = async (who: number, count: number) => {
    const faces = [];
    for (let i = 0; i < count; i++) faces.push(...(await home.take([who])));
    return faces;
  };
  const together = (...faces: Parameters<typeof home.personOf>[0][]): boolean =>
    new Set(faces.map((face) => home.personOf(face))).size === 1 && home.personOf(faces[0]!) !== null;

  it('keeps two faces together that no clustering would join, and joins their groups', async () => {
    const [a, b] = [await takeMany(0, 3), await takeMany(1, 3)];
    expect(together(a[0]!, b[0]!)).toBe(false);
    expect(await home.ask('faces.same', { faces: [a[0]!, b[0]!] })).toMatchObject({
      kind: 'same',
      label: 'Said that 2 faces are one person',
    });
    expect(together(a[0]!, b[0]!)).toBe(true);
    await home.ask('cluster.run', {});
    expect(together(...a, ...b)).toBe(true);
    await home.restart();
    await home.ask('history.undo', {});
    await home.ask('cluster.run', {});
    expect(together(...a)).toBe(true);
    expect(together(a[0]!, b[0]!)).toBe(false);
    await home.ask('history.redo', {});
    await home.ask('cluster.run', {});
    expect(together(...a, ...b)).toBe(true);
  });

  it('shows two lone faces as one person at once', async () => {
    const [[a], [b]] = [await home.take([0]), await home.take([1])];
    await home.ask('faces.same', { faces: [a!, b!] });
    expect(together(a!, b!)).toBe(true);
    await home.ask('cluster.run', {});
    expect(together(a!, b!)).toBe(true);
  });

  it('keeps two faces apart, whoever they become', async () => {
    const faces = await takeMany(0, 4);
    await home.ask('faces.different', { faces: [faces[0]!, faces[1]!] });
    expect(together(faces[0]!, faces[1]!)).toBe(false);
    await home.ask('cluster.run', {});
    expect(together(faces[0]!, faces[1]!)).toBe(false);
    expect(faces.filter((face) => together(face, faces[3]!)).length).toBeGreaterThan(1);
    await home.ask('history.undo', {});
    await home.ask('cluster.run', {});
    expect(together(...faces)).toBe(true);
  });

  it('lets the newest of contradictory words win, shows the one that lost, and takes it back on request', async () => {
    const [[a], [b], [c]] = [await home.take([0]), await home.take([1]), await home.take([2])];
    await home.ask('faces.same', { faces: [a!, b!] });
    await home.ask('faces.same', { faces: [b!, c!] });
    const action = await home.ask('faces.different', { faces: [a!, c!] });
    expect(action.overruled).toBe(1);
    const [lost, ...more] = await home.ask('facts.overruled', {});
    expect(more).toEqual([]);
    expect(lost).toMatchObject({ words: '2 faces are the same person', faces: [a, b], person: null });
    expect(together(b!, c!)).toBe(true);
    expect(together(a!, c!)).toBe(false);

    // Said again it is the newest, and the oldest of the others goes.
    expect((await home.ask('facts.putBack', { id: lost!.id })).overruled).toBe(1);
    expect(await home.ask('facts.overruled', {})).toMatchObject([
      { words: '2 faces are the same person', faces: [b, c] },
    ]);
    expect(together(a!, b!)).toBe(true);
    expect(together(a!, c!)).toBe(false);
    await home.ask('history.undo', {});
    expect(await home.ask('facts.overruled', {})).toMatchObject([{ faces: [a, b] }]);
    await home.ask('history.undo', {});
    expect(await home.ask('facts.overruled', {})).toEqual([]);
    await expect(home.ask('facts.putBack', { id: lost!.id })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('shows what a merge overrules', async () => {
    const [anna, ben] = [await takeMany(0, 3), await takeMany(1, 3)];
    const ids = { anna: home.personOf(anna[0]!)!, ben: home.personOf(ben[0]!)! };
    await home.ask('people.name', { person: ids.anna, name: 'Anna' });
    await home.ask('people.name', { person: ids.ben, name: 'Ben' });
    await home.ask('people.apart', { person: ids.anna, other: ids.ben });
    expect(await home.ask('people.mergePreview', { into: ids.anna, from: [ids.ben] })).toMatchObject({
      name: 'Anna',
      namesLost: ['Ben'],
      faces: 6,
      photos: 6,
      together: [],
      overruled: ben,
    });
    expect((await home.ask('people.merge', { into: ids.anna, from: [ids.ben] })).overruled).toBe(1);
    const [lost] = await home.ask('facts.overruled', {});
    expect(lost).toMatchObject({ words: '3 faces are not Anna', faces: ben, person: ids.anna });
    await home.ask('facts.putBack', { id: lost!.id });
    await home.ask('cluster.run', {});
    expect(together(anna[0]!, ben[0]!)).toBe(false);
  });

  it('says before a merge in which photos both are', async () => {
    const photos = [await home.take([0, 1]), await home.take([0, 1])];
    const [a, b] = photos[0]!.map((face) => home.personOf(face)!);
    await home.ask('people.name', { person: a!, name: 'Anna' });
    const preview = await home.ask('people.mergePreview', { into: b!, from: [a!] });
    expect(preview).toMatchObject({ name: 'Anna', namesLost: [], faces: 4, photos: 2 });
    expect(preview.together).toHaveLength(2);
  });

  it('allows a person twice in a photo of a mirror, and takes that back', async () => {
    await takeMany(0, 3);
    const twins = await home.take([0, 0]);
    const photo = home.library.db.sql.prepare('SELECT photo_id AS id FROM face WHERE id = ?').get(twins[0]!)!['id'];
    await home.ask('cluster.run', {});
    expect(together(...twins)).toBe(false);
    await home.ask('photos.mirror', { id: photo as PhotoId, allowed: true });
    await home.ask('cluster.run', {});
    expect(together(...twins)).toBe(true);
    await home.ask('history.undo', {});
    await home.ask('cluster.run', {});
    expect(together(...twins)).toBe(false);
    await expect(home.ask('photos.mirror', { id: 99, allowed: true })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('keeps two faces of one photo with the person that the user said both are', async () => {
    const [face] = await takeMany(0, 3);
    const anna = home.personOf(face!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
    const twins = await home.take([0, 0]);
    await home.ask('faces.move', { faces: twins, to: { person: anna } });
    await home.ask('cluster.run', {});
    expect(twins.map((twin) => home.personOf(twin))).toEqual([anna, anna]);
  });

  it('keeps a statue out of people, finds it, and makes it somebody after all', async () => {
    const faces = await takeMany(0, 4);
    await home.ask('faces.notPerson', { faces: [faces[0]!] });
    await home.ask('cluster.run', {});
    expect(home.personOf(faces[0]!)).toBeNull();
    expect(together(...faces.slice(1))).toBe(true);
    expect((await home.ask('faces.notPeople', { offset: 0, limit: 10 })).faces).toMatchObject([{ id: faces[0] }]);
    await home.ask('faces.notPerson', { faces: [faces[0]!], person: true });
    await home.ask('cluster.run', {});
    expect(together(...faces)).toBe(true);
    await home.ask('history.undo', {});
    expect(home.personOf(faces[0]!)).toBeNull();
    // To say who it is takes it back as well.
    await home.ask('faces.move', { faces: [faces[0]!], to: { name: 'Anna' } });
    expect((await home.ask('faces.notPeople', { offset: 0, limit: 10 })).total).toBe(0);
  });

  it('groups anew soon after a word, without being asked', async () => {
    const [[a], [b]] = [await takeMany(0, 3), await takeMany(1, 3)];
    const others = home.library.db.sql.prepare('SELECT count(DISTINCT person_id) AS people FROM face');
    expect(others.get()).toEqual({ people: 2 });
    await home.ask('faces.same', { faces: [a!, b!] });
    await expect.poll(() => others.get(), { timeout: 20_000 }).toEqual({ people: 1 });
  });
});
