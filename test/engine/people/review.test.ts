import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaceId, PersonId } from '../../../app/contract/ids.ts';
import type { ReviewQuestion } from '../../../app/contract/model.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

describe('the review queue', () => {
  let home: PeopleLibrary;
  let anna: PersonId;
  let named: FaceId[];
  let group: FaceId[];
  let single: FaceId;
  beforeEach(async () => {
    home = createPeopleLibrary();
    const faces: FaceId[] = [];
    for (let i = 0; i < 9; i++) faces.push(...(await home.take([0])));
    // What clustering left over: a group of three and a single face of the same person.
    named = faces.slice(0, 5);
    group = faces.slice(5, 8);
    single = faces[8]!;
    const { sql } = home.library.db;
    anna = home.personOf(faces[0]!)!;
    const other = Number(sql.prepare('INSERT INTO person (name) VALUES (NULL)').run().lastInsertRowid);
    home.library.show(group, other);
    home.library.show([single], null);
    await home.ask('people.name', { person: anna, name: 'Anna' });
  });
  afterEach(() => home.close());

  const next = async () => home.ask('review.next', {});
  const answer = async ({ face, group: of, person }: ReviewQuestion, said: 'yes' | 'no' | 'unsure' | 'skip') =>
    home.ask('review.answer', { face, group: of, person: person.id, answer: said });
  const peopleOf = (faces: readonly FaceId[]) => [...new Set(faces.map((face) => home.personOf(face)))];

  it('asks about the larger group first, with both faces, the distance, and what is left', async () => {
    const { question, left, settles, expected } = await next();
    expect([left, settles]).toEqual([2, 4]);
    expect(expected).toBeCloseTo(4, 1);
    expect(question).toMatchObject({
      group: home.personOf(group[0]!),
      person: { name: 'Anna' },
      settles: 3,
      runnerUp: null,
    });
    expect(group).toContain(question!.face);
    expect(named).toContain(question!.nearest);
    expect(question!.distance).toBeLessThan(question!.alike);
  });

  it('names the runner-up and how far it is', async () => {
    await home.ask('faces.move', { faces: named.slice(3), to: { name: 'Bea' } });
    const { question } = await next();
    const names = new Set([question!.person.name, question!.runnerUp!.name]);
    expect(names).toEqual(new Set(['Anna', 'Bea']));
    expect(question!.runnerUp!.distance).toBeGreaterThanOrEqual(question!.distance);
  });

  it('gives the whole group to the person at a yes, takes along what is then certain, and undoes both', async () => {
    const { question } = await next();
    const label = 'Said that 3 faces are Anna, and took one more along';
    expect(await answer(question!, 'yes')).toMatchObject({ kind: 'move', label });
    expect(peopleOf([...group, single])).toEqual([anna]);
    // Nobody has said it of that one: it is no fact, but it can be seen as hers and taken away again.
    const labelled = home.library.db.sql.prepare('SELECT 1 FROM label WHERE face_id = ?');
    expect([labelled.get(group[0]!), labelled.get(single)]).toEqual([expect.anything(), undefined]);
    expect((await next()).left).toBe(0);
    await home.ask('history.undo', {});
    expect(peopleOf([...group, single])).not.toContain(anna);
    expect((await next()).left).toBe(2);
    await home.ask('history.redo', {});
    expect(peopleOf([...group, single])).toEqual([anna]);
  });

  it('takes nothing along that the user put off, nor at a no', async () => {
    const { question } = await next();
    await home.ask('review.answer', { face: single, group: null, person: anna, answer: 'unsure' });
    await answer(question!, 'yes');
    expect(home.personOf(single)).toBeNull();
    await home.ask('history.undo', {});
    await answer(question!, 'no');
    expect(home.personOf(single)).toBeNull();
  });

  it('takes nobody along who is in one photo with the faces that were asked about', async () => {
    const { question } = await next();
    home.library.db.sql
      .prepare('UPDATE face_row SET photo_id = (SELECT photo_id FROM face WHERE id = ?) WHERE id = ?')
      .run(group[2]!, single);
    expect(await answer(question!, 'yes')).toMatchObject({ label: 'Said that 3 faces are Anna' });
    expect(home.personOf(single)).toBeNull();
  });

  it('shows further faces of the person, those that the user confirmed first', async () => {
    await home.ask('people.cover', { person: anna, face: named[4]! });
    const { question } = await next();
    const { nearest, beside } = question!;
    expect([...beside.map(({ face }) => face), nearest].sort()).toEqual([...named].sort());
    expect(beside.filter(({ confirmed }) => confirmed).map(({ face }) => face)).toEqual(
      nearest === named[4] ? [] : [named[4]],
    );
    const others = beside.filter(({ confirmed }) => !confirmed).map(({ distance }) => distance);
    expect(others).toEqual(others.toSorted((a, b) => a - b));
  });

  it('never asks again after a no, and no grouping overrules it', async () => {
    const { question } = await next();
    expect(await answer(question!, 'no')).toMatchObject({ kind: 'reject', label: 'Said that 3 faces are not Anna' });
    expect((await next()).question).toMatchObject({ face: single, group: null, settles: 1 });
    await home.ask('cluster.run', {});
    await home.restart();
    expect(peopleOf(group)).not.toContain(anna);
    expect((await next()).question?.settles ?? 0).toBeLessThan(3);
  });

  it('settles a single face', async () => {
    await answer((await next()).question!, 'no');
    await answer((await next()).question!, 'yes');
    expect(home.personOf(single)).toBe(anna);
    expect(await next()).toEqual({ question: null, left: 0, settles: 0, expected: 0 });
  });

  it('asks what was skipped after the rest and what was not sure last, also after a restart', async () => {
    const first = (await next()).question!;
    expect(await answer(first, 'unsure')).toBeNull();
    const second = (await next()).question!;
    expect(second.face).toBe(single);
    await answer(second, 'skip');
    await home.restart();
    expect((await next()).question!.face).toBe(single);
    await answer(second, 'yes');
    expect((await next()).question!.face).toBe(first.face);
  });

  it('does not ask whether somebody is a person who is in the same photo', async () => {
    const { sql } = home.library.db;
    sql
      .prepare('UPDATE face_row SET photo_id = (SELECT photo_id FROM face WHERE id = ?) WHERE id = ?')
      .run(named[0]!, single);
    sql
      .prepare('UPDATE face_row SET photo_id = (SELECT photo_id FROM face WHERE id = ?) WHERE id = ?')
      .run(named[1]!, group[0]!);
    expect((await next()).question).toBeNull();
  });

  it('refuses an answer that comes too late', async () => {
    const { question } = await next();
    await home.ask('faces.move', { faces: group, to: { name: 'Ben' } });
    await expect(answer(question!, 'yes')).rejects.toMatchObject({ code: 'not-found' });
    await expect(answer(question!, 'skip')).rejects.toMatchObject({ code: 'not-found' });
    const nobody = { ...question!, person: { ...question!.person, id: 9999 as PersonId } };
    await expect(answer(nobody, 'no')).rejects.toMatchObject({ code: 'not-found' });
  });
});
