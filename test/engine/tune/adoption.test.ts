import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { HeadId } from '../../../app/contract/ids.ts';
import { createHeadTable, type HeadTable, type NewHead } from '../../../app/engine/db/heads.ts';
import { plannedHead } from '../../factories/heads.ts';
import { createRandom } from '../../factories/library.ts';
import { testDimensions, testVersion } from '../../factories/people-library.ts';
import { createTuningLibrary, type TuningLibrary } from '../../factories/tuning-library.ts';

describe('using what was learnt', () => {
  let library: TuningLibrary;
  let heads: HeadTable;
  let named: number[][];
  beforeEach(async () => {
    library = createTuningLibrary();
    heads = createHeadTable(library.home.library.db.sql);
    named = await library.name(4, 5);
    await library.home.ask('cluster.run', {});
  });
  afterEach(() => library.close());

  /** A head whose weights follow from `seed`, as if it had been learnt from the people with these places in `named`. */
  const plant = (seed: number, known: readonly number[], plan: Partial<NewHead> = {}): HeadId => {
    const random = createRandom(seed);
    const weights = Float32Array.from({ length: testDimensions ** 2 }, () => 0.3 * (random() - 0.5));
    const faces = Int32Array.from(known.flatMap((at) => named[at]!));
    const people = faces.map((face) => library.home.personOf(face as never) ?? 0);
    return heads.add(plannedHead({ weights, faces, people, ...plan }));
  };
  const recognition = () => library.home.context.recognition();
  const distances = async (): Promise<number[]> =>
    Array.from((await library.home.context.index.nearest({ id: 1, count: 8 })).distances);
  const people = async () =>
    (await library.home.ask('people.list', { hidden: true })).filter((person) => person.name !== null);

  it('changes distances and thresholds at once, and back', async () => {
    const before = await distances();
    const id = plant(1, [0], { distances: { eps: 0.7, acceptance: 0.8, move: { scale: 0.81, shift: 0 } } });
    await library.tune('tune.use', { head: id });
    expect(recognition()).toEqual({
      version: `${testVersion}+${id}`,
      head: id,
      thresholds: { pair: expect.closeTo(0.9, 9) as number, eps: 0.7, acceptance: 0.8 },
    });
    expect(await distances()).not.toEqual(before);
    await library.tune('tune.use', { head: null });
    expect(recognition()).toMatchObject({ version: testVersion, thresholds: { eps: 0.8 } });
    expect(await distances()).toEqual(before);
  });

  it('groups anew where the program died before the groups followed', async () => {
    const id = plant(1, [0]);
    await library.tune('tune.use', { head: id });
    await library.over();
    library.home.library.db.sql.prepare("UPDATE setting SET value = ? WHERE key = 'grouped_by'").run(testVersion);
    await library.restart();
    await new Promise(setImmediate);
    expect((await library.tune('tune.state', {})).run).toMatchObject({ state: 'adopting' });
    await library.over();
    expect(library.home.people.groupedBy()).toBe(`${testVersion}+${id}`);
  });

  it('groups nothing anew at the start where the groups were made so', async () => {
    await library.tune('tune.use', { head: plant(1, [0]) });
    await library.over();
    await library.restart();
    await new Promise(setImmediate);
    expect((await library.tune('tune.state', {})).run).toBeNull();
  });

  it('leaves all as it was where it cannot be written down', async () => {
    const first = plant(1, [0]);
    await library.tune('tune.use', { head: first });
    await library.over();
    const before = await distances();
    library.home.library.db.sql.exec(`
      CREATE TRIGGER full BEFORE UPDATE OF active ON head WHEN new.active = 1
      BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`);
    await expect(library.tune('tune.use', { head: plant(2, [0]) })).rejects.toThrow('full');
    expect(recognition().head).toBe(first);
    expect(await distances()).toEqual(before);
  });

  it('is the last one that was asked for', async () => {
    const [one, two] = [plant(1, [0]), plant(2, [0])];
    const asked = [one, two, null, one].map((head) => library.tune('tune.use', { head }));
    await Promise.all(asked);
    expect(recognition().head).toBe(one);
    const after = await distances();
    await library.over();
    await library.restart();
    await library.home.ask('cluster.run', {});
    expect(await distances()).toEqual(after);
  });

  it('is not possible with a version of another face model, which the model alone serves', async () => {
    const other = plant(1, [0], { version: 'other' });
    heads.activate('other', other);
    await expect(library.tune('tune.use', { head: other })).rejects.toMatchObject({ code: 'bad-request' });
    expect(recognition().head).toBeNull();
    const { heads: shown } = await library.tune('tune.state', {});
    expect(shown).toMatchObject([{ id: other, usable: false, active: false }]);
  });

  it('falls back to the model alone, and says so, where the weights cannot be used', async () => {
    const id = plant(1, [0]);
    await library.tune('tune.use', { head: id });
    await library.over();
    library.home.library.db.sql.exec("UPDATE head SET weights = x'00000000'");
    await library.restart();
    await library.home.ask('cluster.run', {});
    expect(recognition()).toMatchObject({ version: testVersion, head: null });
    expect(library.home.library.emitted).toContainEqual({
      name: 'notice',
      payload: { message: expect.stringContaining(`version ${id}`) as string },
    });
    expect((await people()).map(({ name }) => name)).toHaveLength(4);
  });

  it('is over with a person who is erased: what knew the person goes, from the file too, and another serves', async () => {
    const older = plant(1, [1, 2]);
    const knowing = plant(2, [0, 1], { from: older });
    await library.tune('tune.use', { head: older });
    await library.tune('tune.use', { head: knowing });
    await library.over();
    const bytes = Buffer.from(heads.weights(knowing)!.buffer).subarray(0, 64);
    expect(filesHold(library, bytes)).toBe(true);
    const person = library.home.personOf(named[0]![0]! as never)!;
    await library.home.ask('people.erase', { person });
    expect(recognition().head).toBe(older);
    expect((await library.tune('tune.state', {})).heads.map(({ id, active }) => ({ id, active }))).toEqual([
      { id: older, active: true },
    ]);
    await new Promise(setImmediate);
    await library.over();
    expect(library.home.people.groupedBy()).toBe(`${testVersion}+${older}`);
    expect(filesHold(library, bytes)).toBe(false);
    expect((await people()).map(({ name }) => name).sort()).toEqual(['Person 1', 'Person 2', 'Person 3']);

    // And then none of them is left.
    await library.home.ask('people.erase', { person: library.home.personOf(named[1]![0]! as never)! });
    expect(recognition().head).toBeNull();
    await new Promise(setImmediate);
    await library.over();
    expect(library.home.people.groupedBy()).toBe(testVersion);
  });

  it('leaves versions that did not know an erased person', async () => {
    const id = plant(1, [1, 2]);
    await library.tune('tune.use', { head: id });
    await library.home.ask('people.erase', { person: library.home.personOf(named[3]![0]! as never)! });
    expect(recognition().head).toBe(id);
  });

  it('is declined, but not while it is in use', async () => {
    const id = plant(1, [0]);
    await library.tune('tune.use', { head: id });
    await expect(library.tune('tune.decline', { head: id })).rejects.toMatchObject({ code: 'bad-request' });
    await library.tune('tune.use', { head: null });
    await library.tune('tune.decline', { head: id });
    expect((await library.over()).heads).toMatchObject([{ state: 'declined', active: false, usable: true }]);
    await expect(library.tune('tune.use', { head: 99 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(library.tune('tune.decline', { head: 99 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

function filesHold({ home }: TuningLibrary, bytes: Buffer): boolean {
  return readdirSync(home.library.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
    .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(bytes));
}
