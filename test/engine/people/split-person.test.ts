import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('splitting a person', () => {
  let home: PeopleLibrary;
  let first: FaceId[];
  let second: FaceId[];
  let mixed: PersonId;
  beforeEach(async () => {
    home = createPeopleLibrary();
    first = [];
    second = [];
    for (let i = 0; i < 5; i++) first.push(...(await home.take([0])));
    for (let i = 0; i < 4; i++) second.push(...(await home.take([1])));
    mixed = home.personOf(first[0]!)!;
    await home.ask('people.name', { person: mixed, name: 'Anna' });
    await home.ask('people.merge', { into: mixed, from: [home.personOf(second[0]!)!] });
  });
  afterEach(() => home.close());

  const peopleOf = (faces: readonly FaceId[]) => [...new Set(faces.map((face) => home.personOf(face)))];

  it('suspects two people where two were merged, and shows them', async () => {
    const { groups, twoPeople } = await home.ask('people.subgroups', { person: mixed });
    expect(twoPeople).toBe(true);
    expect(groups.map((group) => group.toSorted((a, b) => a - b))).toEqual([first, second]);
  });

  it('suspects nobody who is one person', async () => {
    await home.ask('history.undo', {});
    expect((await home.ask('people.subgroups', { person: mixed })).twoPeople).toBe(false);
  });

  it('makes a part a person of its own that never flows back, in one step that can be undone', async () => {
    const { groups } = await home.ask('people.subgroups', { person: mixed });
    const action = await home.ask('people.split', { person: mixed, faces: groups[1]!, name: 'Ben' });
    expect(action).toMatchObject({ kind: 'split', label: 'Split 4 faces off Anna' });
    expect(peopleOf(first)).toEqual([mixed]);
    expect(peopleOf(second)).toEqual([action.into]);
    expect((await home.ask('people.get', { id: action.into })).name).toBe('Ben');
    await home.ask('cluster.run', {});
    await home.restart();
    await home.ask('cluster.run', {});
    expect(peopleOf(first)).toEqual([mixed]);
    expect(peopleOf(second)).toEqual([action.into]);

    await home.ask('history.undo', {});
    expect(peopleOf([...first, ...second])).toEqual([mixed]);
    await home.ask('history.redo', {});
    expect(peopleOf(second)).toEqual([action.into]);
  });

  it('splits like faces too, and grouping does not bring them together again', async () => {
    await home.ask('history.undo', {});
    await home.ask('history.undo', {});
    const some = first.slice(3);
    const { into } = await home.ask('people.split', { person: mixed, faces: some });
    for (let i = 0; i < 2; i++) await home.ask('cluster.run', {});
    expect(peopleOf(some)).toEqual([into]);
    expect(peopleOf(first.slice(0, 3))).toEqual([mixed]);
  });

  it('gives a part to somebody who is there already', async () => {
    const other = [...(await home.take([2])), ...(await home.take([2]))];
    const ben = home.personOf(other[0]!)!;
    await home.ask('people.name', { person: ben, name: 'Ben' });
    expect((await home.ask('people.split', { person: mixed, faces: second, name: 'ben' })).into).toBe(ben);
    expect(peopleOf([...second, ...other])).toEqual([ben]);
    await home.ask('people.merge', { into: mixed, from: [ben] });
    await home.ask('cluster.run', {});
    expect(peopleOf([...first, ...second, ...other])).toEqual([mixed]);
  });

  it('refuses to split off everybody, nobody, strangers, and into the same name', async () => {
    const split = (faces: FaceId[], name?: string) =>
      expect(home.ask('people.split', { person: mixed, faces, ...(name === undefined ? {} : { name }) })).rejects;
    await split([...first, ...second]).toMatchObject({ code: 'bad-request' });
    await split([9999 as FaceId]).toMatchObject({ code: 'bad-request' });
    await split(second, 'anna').toMatchObject({ code: 'bad-name' });
    await split(second, 'x'.repeat(10_000)).toMatchObject({ code: 'bad-name' });
    const nobody = 9999 as PersonId;
    await expect(home.ask('people.subgroups', { person: nobody })).rejects.toMatchObject({ code: 'not-found' });
    await expect(home.ask('people.split', { person: nobody, faces: second })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
