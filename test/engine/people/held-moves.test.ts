import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('what grouping would take from a named person', () => {
  let home: PeopleLibrary;
  let anna: PersonId;
  /** Faces of somebody else that were shown as Anna when the last full run ended. */
  let strangers: FaceId[];
  beforeEach(async () => {
    home = createPeopleLibrary();
    const own = [];
    for (let i = 0; i < 3; i++) own.push(...(await home.take([0])));
    anna = home.personOf(own[0]!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
    strangers = [];
    for (let i = 0; i < 3; i++) strangers.push(...(await home.take([1])));
    await home.ask('cluster.run', {});
    for (const face of strangers) home.library.show([face], anna);
    await home.ask('cluster.run', {});
  });
  afterEach(() => home.close());
  const shownAs = () => strangers.map((face) => home.personOf(face));

  it('stays, and is offered', async () => {
    expect(shownAs()).toEqual([anna, anna, anna]);
    expect(await home.ask('regroup.held', {})).toMatchObject([
      { from: { id: anna, name: 'Anna' }, to: null, group: true, faces: strangers },
    ]);
  });

  it('goes when the user lets it, as an action that can be undone', async () => {
    expect(await home.ask('regroup.apply', { faces: strangers })).toMatchObject({ label: 'Regrouped 3 faces of Anna' });
    const [group] = shownAs();
    expect(group).not.toBe(anna);
    expect(shownAs()).toEqual([group, group, group]);
    expect(await home.ask('regroup.held', {})).toEqual([]);
    await home.ask('cluster.run', {});
    expect(shownAs()).toEqual([group, group, group]);
    await home.ask('history.undo', {});
    expect(shownAs()).toEqual([anna, anna, anna]);
  });

  it('is Anna for good when the user says so', async () => {
    await home.ask('regroup.keep', { faces: strangers.slice(0, 2) });
    await home.ask('cluster.run', {});
    expect(shownAs().slice(0, 2)).toEqual([anna, anna]);
    expect((await home.ask('regroup.held', {})).flatMap(({ faces }) => faces)).not.toContain(strangers[0]);
    await expect(home.ask('regroup.keep', { faces: [strangers[0]!] })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a group that grouping would give a named person', () => {
  let home: PeopleLibrary;
  let anna: PersonId;
  beforeEach(async () => {
    home = createPeopleLibrary();
    const [first] = await home.take([0]);
    await home.take([0]);
    anna = home.personOf(first!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
  });
  afterEach(() => home.close());

  /** A group of its own that a full run has left, whose faces lie as near to Anna as her own. */
  const settledGroup = async (count: number) => {
    const faces: FaceId[] = [];
    for (let i = 0; i < count; i++) faces.push(...(await home.take([0])));
    await home.ask('cluster.run', {});
    const { sql } = home.library.db;
    const group = Number(sql.prepare('INSERT INTO person (name) VALUES (NULL)').run().lastInsertRowid) as PersonId;
    home.library.show(faces, group);
    await home.ask('cluster.run', {});
    return { group, shown: new Set(faces.map((face) => home.personOf(face))) };
  };

  it('stays where it has many faces, and is asked about', async () => {
    const { group, shown } = await settledGroup(5);
    expect(shown).toEqual(new Set([group]));
    expect(await home.ask('regroup.held', {})).toEqual([]);
    const { question } = await home.ask('review.next', {});
    expect(question).toMatchObject({ group, person: { name: 'Anna' }, settles: 5 });
    expect(await home.ask('people.suggestions', { person: anna })).toMatchObject([{ person: { id: group } }]);
    await home.ask('review.answer', { face: question!.face, group, person: anna, answer: 'yes' });
    expect((await home.ask('people.get', { id: anna })).faces).toBe(7);
  });

  it('goes where it has few', async () => {
    expect((await settledGroup(4)).shown).toEqual(new Set([anna]));
  });
});
