import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PersonId } from '../../../app/contract/ids.ts';
import { createPeopleLibrary, type PeopleLibrary } from '../../factories/people-library.ts';

const may17 = Date.UTC(2012, 4, 17);

describe('the day a person was born', () => {
  let home: PeopleLibrary;
  let anna: PersonId;
  beforeEach(async () => {
    home = createPeopleLibrary();
    const [[first]] = [await home.take([0]), await home.take([0])];
    anna = home.personOf(first!)!;
    await home.ask('people.name', { person: anna, name: 'Anna' });
  });
  afterEach(() => home.close());

  const birthOf = async (id: PersonId) => (await home.ask('people.get', { id })).birth;
  const say = (person: PersonId, birth: number | null) => home.ask('people.birth', { person, birth });

  it('is kept, shown with the person and in lists, and taken away again', async () => {
    expect(await say(anna, may17)).toMatchObject({ kind: 'birth', label: 'Said when Anna was born' });
    expect(await birthOf(anna)).toBe(may17);
    expect((await home.ask('people.list', { hidden: false }))[0]).toMatchObject({ name: 'Anna', birth: may17 });
    await home.restart();
    expect(await birthOf(anna)).toBe(may17);
    expect(await say(anna, null)).toMatchObject({ label: 'Took the date of birth of Anna away' });
    expect(await birthOf(anna)).toBeNull();
  });

  it('is undone and made again like everything else, and leaves the name alone', async () => {
    await say(anna, may17);
    await home.ask('history.undo', {});
    expect(await home.ask('people.get', { id: anna })).toMatchObject({ name: 'Anna', birth: null });
    await home.ask('history.redo', {});
    expect(await home.ask('people.get', { id: anna })).toMatchObject({ name: 'Anna', birth: may17 });
  });

  it('survives a merge, whichever of the two had it', async () => {
    const [face] = await home.take([1]);
    await home.take([1]);
    const other = home.personOf(face!)!;
    await say(other, may17);
    await home.ask('people.merge', { into: anna, from: [other] });
    expect(await birthOf(anna)).toBe(may17);
    await home.ask('history.undo', {});
    expect([await birthOf(anna), await birthOf(other)]).toEqual([null, may17]);
  });

  it('is refused in the future and before photography, and for nobody', async () => {
    await expect(say(anna, Date.UTC(2200, 0))).rejects.toMatchObject({ code: 'bad-request' });
    await expect(say(anna, Date.UTC(1500, 0))).rejects.toMatchObject({ code: 'bad-request' });
    await expect(say(9999 as PersonId, may17)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is read from a journal that was written before it was asked for', async () => {
    const { sql } = home.library.db;
    sql.exec(`UPDATE action SET changes = replace(changes, ',"birth":null', '')`);
    await home.ask('history.undo', {});
    await home.ask('history.redo', {});
    expect(await home.ask('people.get', { id: anna })).toMatchObject({ name: 'Anna', birth: null });
  });
});
