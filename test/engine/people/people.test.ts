import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createPhotoPages } from '../../../app/engine/db/photo-pages.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('people', () => {
  let home: PeopleLibrary;
  beforeEach(() => {
    home = createPeopleLibrary();
  });
  afterEach(() => home.close());

  const groups = async () => home.ask('people.list', { hidden: true });

  it('shows a person as soon as the second face has come', async () => {
    const [first] = await home.take([0]);
    expect(home.personOf(first!)).toBeNull();
    const [second] = await home.take([0]);
    expect(home.personOf(first!)).not.toBeNull();
    expect(home.personOf(second!)).toBe(home.personOf(first!));
  });

  it('groups three people of four photos each as three', async () => {
    for (let i = 0; i < 4; i++) await home.take([0, 1, 2]);
    await home.people.importIdle();
    expect((await groups()).map(({ faces, photos }) => [faces, photos])).toEqual([
      [4, 4],
      [4, 4],
      [4, 4],
    ]);
    expect(await home.ask('cluster.run', {})).toEqual({ people: 0, groups: 3 });
  });

  it('tells whether faces have come since the last whole grouping', async () => {
    const pages = createPhotoPages(home.library.db.sql);
    await home.take([0]);
    expect(pages.states().ungrouped).toBe(1);
    await home.ask('cluster.run', {});
    expect(pages.states().ungrouped).toBe(0);
    await home.take([1]);
    expect(pages.states().ungrouped).toBe(1);
  });

  it('never shows two faces of one photo as one person', async () => {
    for (let i = 0; i < 3; i++) await home.take([0]);
    const twins = await home.take([0, 0]);
    await home.ask('cluster.run', {});
    const [a, b] = twins.map((face) => home.personOf(face));
    expect(a).not.toBe(b);
  });

  it('names a group, labels its faces and keeps the name through a grouping', async () => {
    const faces = (await Promise.all([home.take([0]), home.take([0]), home.take([0])])).flat();
    const anna = home.personOf(faces[0]!)!;
    const action = await home.ask('people.name', { person: anna, name: '  Anna\n ' });
    expect(action).toMatchObject({ kind: 'name', label: 'Named Anna', undone: false });
    await home.take([0]);
    await home.ask('cluster.run', {});
    expect(await home.ask('people.get', { id: anna })).toMatchObject({
      name: 'Anna',
      faces: 4,
      photos: 4,
      oftenWith: [],
    });
  });

  it('refuses a name of 10,000 characters with a reason and takes emoji and any script', async () => {
    const [face] = (await home.take([0]), await home.take([0]));
    const person = home.personOf(face!)!;
    await expect(home.ask('people.name', { person, name: 'a'.repeat(10_000) })).rejects.toMatchObject({
      code: 'bad-name',
    });
    await home.ask('people.name', { person, name: '👩‍👧 Ωμέγα 张伟' });
    expect((await home.ask('people.get', { id: person })).name).toBe('👩‍👧 Ωμέγα 张伟');
    await home.ask('people.name', { person, name: '' });
    expect((await home.ask('people.get', { id: person })).name).toBeNull();
  });

  it('does not give a rejected face back, not even after a restart', async () => {
    const faces = (await Promise.all(Array.from({ length: 5 }, () => home.take([0])))).flat();
    const anna = home.personOf(faces[0]!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
    await home.ask('faces.reject', { faces: [faces[2]!] });
    expect(home.personOf(faces[2]!)).toBeNull();
    await home.ask('cluster.run', {});
    expect(home.personOf(faces[2]!)).not.toBe(anna);
    await home.restart();
    await home.ask('cluster.run', {});
    expect(home.personOf(faces[2]!)).not.toBe(anna);
    expect(home.personOf(faces[1]!)).toBe(anna);
  });

  it('moves faces to an existing person of that name, whatever its case, or to a new one', async () => {
    const faces = (await Promise.all(Array.from({ length: 4 }, () => home.take([0])))).flat();
    const group = home.personOf(faces[0]!)!;
    await home.ask('people.name', { person: group, name: 'Anna' });
    expect(await home.ask('faces.move', { faces: [faces[3]!], to: { name: 'Ben' } })).toMatchObject({
      label: 'Moved a face to Ben',
    });
    const ben = home.personOf(faces[3]!)!;
    expect(ben).not.toBe(group);
    await home.ask('faces.move', { faces: [faces[2]!], to: { name: 'BEN' } });
    expect(home.personOf(faces[2]!)).toBe(ben);
    await home.ask('cluster.run', {});
    expect(faces.map((face) => home.personOf(face))).toEqual([group, group, ben, ben]);
  });

  it('merges two people, undoes it and redoes it, across a restart', async () => {
    const a = (await Promise.all([home.take([0]), home.take([0])])).flat();
    const b = (await Promise.all([home.take([1]), home.take([1])])).flat();
    const anna = home.personOf(a[0]!)!;
    const other = home.personOf(b[0]!)!;
    await home.ask('people.name', { person: other, name: 'Bea' });
    expect((await home.ask('people.merge', { into: anna, from: [other] })).label).toBe('Merged Bea into a group');
    expect(await groups()).toMatchObject([{ id: anna, name: 'Bea', faces: 4 }]);
    await home.ask('cluster.run', {});
    expect(await groups()).toMatchObject([{ id: anna, name: 'Bea', faces: 4 }]);
    await home.restart();
    await home.ask('history.undo', {});
    expect(await groups()).toMatchObject([
      { id: other, name: 'Bea', faces: 2 },
      { id: anna, name: null, faces: 2 },
    ]);
    await home.ask('history.redo', {});
    expect(await groups()).toMatchObject([{ id: anna, name: 'Bea', faces: 4 }]);
    await expect(home.ask('history.redo', {})).rejects.toMatchObject({ code: 'nothing-to-redo' });
  });

  it('keeps a hidden group hidden when more of its faces come', async () => {
    const faces = (await Promise.all([home.take([0]), home.take([0])])).flat();
    const stranger = home.personOf(faces[0]!)!;
    await home.ask('people.hide', { person: stranger, hidden: true });
    const [late] = await home.take([0]);
    await home.ask('cluster.run', {});
    expect(home.personOf(late!)).toBe(stranger);
    expect(await home.ask('people.list', { hidden: false })).toEqual([]);
  });

  it('takes what is no face out of every group, and back', async () => {
    const faces = (await Promise.all(Array.from({ length: 3 }, () => home.take([0])))).flat();
    const group = home.personOf(faces[0]!)!;
    await home.ask('faces.notFace', { faces: [faces[0]!] });
    await home.ask('cluster.run', {});
    expect((await groups())[0]).toMatchObject({ id: group, faces: 2 });
    await home.ask('history.undo', {});
    await home.ask('cluster.run', {});
    expect((await groups())[0]).toMatchObject({ id: group, faces: 3 });
  });

  it('shows the chosen cover, and the best face where none is chosen', async () => {
    const [plain] = await home.take([0], { quality: 0.5 });
    const [best] = await home.take([0], { quality: 0.9 });
    const person = home.personOf(plain!)!;
    expect((await home.ask('people.get', { id: person })).cover).toBe(best);
    await home.ask('people.cover', { person, face: plain! });
    expect((await home.ask('people.get', { id: person })).cover).toBe(plain);
    await home.ask('faces.reject', { faces: [plain!] });
    expect((await home.ask('people.get', { id: person })).cover).toBe(best);
    await expect(home.ask('people.cover', { person, face: plain! })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('keeps a named person with no faces left', async () => {
    const faces = (await Promise.all([home.take([0]), home.take([0])])).flat();
    const person = home.personOf(faces[0]!)!;
    await home.ask('people.name', { person, name: 'Anna' });
    await home.ask('faces.notFace', { faces });
    await home.ask('cluster.run', {});
    expect(await groups()).toMatchObject([{ id: person, name: 'Anna', faces: 0, photos: 0, cover: null }]);
  });

  it('completes names by the beginning of any word, without accents and case', async () => {
    for (const [who, name] of ['Ána María', 'Marius', 'Tom'].entries()) {
      const faces = (await Promise.all([home.take([who]), home.take([who])])).flat();
      await home.ask('people.name', { person: home.personOf(faces[0]!)!, name });
    }
    const names = async (prefix: string) => (await home.ask('people.complete', { prefix })).map(({ name }) => name);
    expect(await names('mar')).toEqual(['Ána María', 'Marius']);
    expect(await names('ANA')).toEqual(['Ána María']);
    expect(await names('om')).toEqual([]);
    expect(await names('')).toHaveLength(3);
  });

  it('answers what needs no model while the packs are missing', async () => {
    await home.close();
    home = createPeopleLibrary({ packsMissing: true });
    await expect(home.ask('cluster.run', {})).rejects.toMatchObject({ code: 'model-missing' });
    expect(await home.ask('people.list', { hidden: false })).toEqual([]);
    expect(await home.ask('history.state', {})).toEqual({ undo: null, redo: null });
    await expect(home.ask('history.undo', {})).rejects.toMatchObject({ code: 'nothing-to-undo' });
  });
});
