import { afterEach, describe, expect, it } from 'vitest';

import type { Events, Output } from '../../../app/contract/api.ts';
import type { FaceId } from '../../../app/contract/ids.ts';
import { seededRandom, shuffled } from '../../../app/engine/seeded-random.ts';
import { testDimensions, testVersion } from '../../factories/people-library.ts';
import { createTuningLibrary, type TuningLibrary } from '../../factories/tuning-library.ts';

const short = { steps: 30 };

describe('learning the people of a library', () => {
  let library: TuningLibrary;
  const open = (options?: Parameters<typeof createTuningLibrary>[0]): TuningLibrary =>
    (library = createTuningLibrary(options));
  afterEach(() => library.close());

  const learn = async (settings: { steps: number } = short): Promise<Output<'tune.state'>> => {
    await library.tune('tune.start', { settings });
    return library.over();
  };
  /** The share of these faces that are shown as the person whom the others of their row were named. */
  const recognised = (named: readonly FaceId[][], more: readonly FaceId[]): number => {
    const right = more.filter((face, at) => {
      const person = library.home.personOf(named[at % named.length]![0]!);
      return person !== null && library.home.personOf(face) === person;
    });
    return right.length / more.length;
  };

  it(
    'is tried on faces kept aside, adopted, followed by the groups, kept over a restart and taken back',
    { timeout: 300_000 },
    async () => {
      const { home, tune, add } = open({ dimensions: 128 });
      const named = await library.name(30, 12);
      await add(Array.from({ length: 60 }, (_, at) => 40 + (at % 20)));
      const [head] = (await learn({ steps: 15 })).heads;
      expect(head).toMatchObject({ state: 'waiting', verdict: 'better', active: false, usable: true, from: null });
      expect(head!.data).toMatchObject({ people: 30, faces: 360, heldOut: 360 });
      expect(head!.data.guessed + head!.data.strangers).toBeGreaterThan(0);
      expect(head!.after.f1!).toBeGreaterThan(head!.before.f1!);
      expect(head!.steps.length).toBeGreaterThan(20);
      // Nothing has changed yet.
      expect(home.context.recognition()).toMatchObject({ version: testVersion, head: null });
      const more = await add(Array.from({ length: 30 * 2 }, (_, at) => at % 30));
      await home.ask('cluster.run', {});
      const before = recognised(named, more);

      const labels = home.library.db.sql.prepare('SELECT * FROM label').all();
      await tune('tune.use', { head: head!.id });
      expect(home.context.recognition()).toMatchObject({ version: `${testVersion}+${head!.id}`, head: head!.id });
      expect((await library.over()).heads).toMatchObject([{ id: head!.id, state: 'adopted', active: true }]);
      const after = recognised(named, more);
      expect(after).toBeGreaterThan(before);
      expect(home.library.db.sql.prepare('SELECT * FROM label').all()).toEqual(labels);
      const distances = await nearestDistances(library);

      await library.restart();
      expect(home.context.recognition().head).toBe(head!.id);
      await home.ask('cluster.run', {});
      expect(recognised(named, more)).toBe(after);
      expect(await nearestDistances(library)).toEqual(distances);

      await tune('tune.use', { head: null });
      expect(home.context.recognition()).toMatchObject({ version: testVersion, head: null });
      expect(await nearestDistances(library)).not.toEqual(distances);
      expect((await library.over()).heads).toMatchObject([{ id: head!.id, state: 'adopted', active: false }]);
      await tune('tune.use', { head: head!.id });
      await library.over();
      expect(await nearestDistances(library)).toEqual(distances);

      // The next one goes on from it.
      const state = await learn({ steps: 10 });
      expect(state.heads.map(({ from }) => from)).toEqual([head!.id, null]);
    },
  );

  it('refuses a run where nobody, one person or two faces are known, and says what to do', async () => {
    open();
    const start = () => library.tune('tune.start', { settings: {} });
    await expect(start()).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('Nobody') as string,
    });
    await library.name(1, 2);
    await expect(start()).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('at least 8') as string,
    });
    await library.name(1, 10);
    await expect(start()).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('one person') as string,
    });
    const { material, problem, heads } = await library.tune('tune.state', {});
    expect(material).toMatchObject({ people: 1, faces: 12, lacking: expect.stringContaining('at least 8') as string });
    expect({ problem, heads }).toEqual({ problem: null, heads: [] });
  });

  it('takes no head where all labels are wrong, keeps the reason and drops the weights', async () => {
    open();
    await library.name(12, 8, (faces) => shuffled(faces, seededRandom(3)));
    const [head] = (await learn()).heads;
    expect(head).toMatchObject({ state: 'refused', usable: false, active: false });
    expect(head!.verdict).not.toBe('better');
    expect(head!.reason).not.toBe('');
    const kept = library.home.library.db.sql.prepare('SELECT weights, distances FROM head').all();
    expect(kept).toEqual([{ weights: null, distances: null }]);
    await expect(library.tune('tune.use', { head: head!.id })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('leaves out faces whose vectors are no numbers or too short, and says so', async () => {
    const { home } = open();
    const [first] = await library.name(10, 6);
    const set = home.library.db.sql.prepare('UPDATE embedding SET vector = ? WHERE face_id = ?');
    set.run(new Uint8Array(new Float32Array(testDimensions).fill(NaN).buffer), first![0]!);
    set.run(new Uint8Array(new Float32Array(testDimensions - 1).fill(0.1).buffer), first![1]!);
    const [head] = (await learn()).heads;
    expect(head!.data.faces).toBe(58);
    expect(head!.remedies).toContain('2 faces have no usable vector: left out.');
  });

  it('says while it learns what goes wrong and what is done about it', async () => {
    const { home, tune } = open();
    await library.name(10, 6);
    // At a rate of nothing the loss cannot fall.
    await tune('tune.start', { settings: { steps: 100, rate: 1e-9, margin: 0.8 } });
    const [head] = (await library.over()).heads;
    const told = home.library.emitted.flatMap((event) =>
      event.name === 'tuning' ? [event.payload as Events['tuning']] : [],
    );
    const during = told.findLast(({ run }) => run !== null)?.run?.remedies;
    expect(during?.[0]).toContain('begun again more slowly');
    expect(during).toEqual(head!.remedies);
  });

  it('tells how far it is, waits while paused, and ends without a version when cancelled', async () => {
    const { home, tune } = open();
    await library.name(10, 6);
    await tune('tune.start', { settings: { steps: 2000 } });
    await expect(tune('tune.start', { settings: {} })).rejects.toMatchObject({ code: 'bad-request' });
    const step = async () => (await tune('tune.state', {})).run!.step;
    while ((await step()) === 0) await new Promise((wake) => setTimeout(wake, 20));
    await tune('tune.pause', {});
    expect((await tune('tune.state', {})).run).toMatchObject({ state: 'paused', automatic: false });
    // The step that is on ends first.
    let paused = NaN;
    for (let before = await step(); before !== paused; before = await step()) {
      paused = before;
      await new Promise((wake) => setTimeout(wake, 400));
    }
    await new Promise((wake) => setTimeout(wake, 600));
    expect(await step()).toBe(paused);
    await tune('tune.resume', {});
    while ((await step()) === paused) await new Promise((wake) => setTimeout(wake, 20));
    await tune('tune.cancel', {});
    expect(await tune('tune.state', {})).toMatchObject({ run: null, problem: null, heads: [] });
    const runs = home.library.emitted.flatMap((event) => (event.name === 'tuning' ? [event.payload] : []));
    expect(runs.length).toBeGreaterThan(3);
    expect(runs.at(-1)).toEqual({ run: null });
  });

  it('can be cancelled while it is paused', async () => {
    const { tune } = open();
    await library.name(10, 6);
    await tune('tune.start', { settings: { steps: 2000 } });
    await tune('tune.pause', {});
    await tune('tune.cancel', {});
    expect(await tune('tune.state', {})).toMatchObject({ run: null, heads: [] });
  });

  it('keeps what it learnt from labels that were changed meanwhile, and says how many', async () => {
    const { home, tune } = open();
    const named = await library.name(10, 6);
    await tune('tune.start', { settings: short });
    while ((await tune('tune.state', {})).run!.state === 'gathering') await new Promise((wake) => setTimeout(wake, 5));
    await home.ask('faces.move', { faces: named[0]!.slice(0, 2), to: { name: 'Person 1' } });
    const [head] = (await library.over()).heads;
    expect(head!.remedies).toContain('Of 2 of the faces you have said something else since it began.');
    expect((await tune('tune.state', {})).material.fresh).toBe(2);
  });

  it('keeps nothing where a person was erased meanwhile', async () => {
    const { home, tune } = open();
    const named = await library.name(10, 6);
    await tune('tune.start', { settings: { steps: 2000 } });
    while ((await tune('tune.state', {})).run!.step === 0) await new Promise((wake) => setTimeout(wake, 5));
    await home.ask('people.erase', { person: home.personOf(named[0]![0]!)! });
    const state = await library.over();
    expect(state.heads).toEqual([]);
    expect(state.problem).toContain('erased');
  });

  it('begins by itself when enough is new and nothing else is at work, unless it is told not to', async () => {
    const is = { busy: true };
    const { home, tune } = open({ quietMs: 50, isBusy: () => is.busy });
    const quiet = () => new Promise((wake) => setTimeout(wake, 300));
    await tune('tune.automatic', { on: false });
    const named = await library.name(10, 6);
    is.busy = false;
    await quiet();
    const { run, automatic, material } = await tune('tune.state', {});
    expect({ run, automatic, fresh: material.fresh }).toEqual({ run: null, automatic: false, fresh: 60 });
    is.busy = true;
    await tune('tune.automatic', { on: true });
    await quiet();
    expect((await tune('tune.state', {})).run).toBeNull();
    is.busy = false;
    await quiet();
    expect((await tune('tune.state', {})).run).toMatchObject({ automatic: true });
    const { heads } = await library.over();
    expect(heads).toHaveLength(1);
    // Little is new: another does not follow, …
    await home.ask('faces.move', { faces: named[0]!.slice(0, 2), to: { name: 'Person 1' } });
    await quiet();
    expect(await tune('tune.state', {})).toMatchObject({ run: null, material: { fresh: 2 } });
    // … but what was learnt from a person who was erased is gone, and is learnt anew without that person.
    await home.ask('people.erase', { person: home.personOf(named[9]![0]!)! });
    expect((await tune('tune.state', {})).heads).toEqual([]);
    await quiet();
    const again = await library.over();
    expect(again.heads).toMatchObject([{ data: { people: 9 } }]);
  });

  it('says that it was cut when the library was closed within it, and can be started again', async () => {
    const { tune } = open();
    await library.name(10, 6);
    await tune('tune.start', { settings: { steps: 5000 } });
    await library.restart();
    expect(await tune('tune.state', {})).toMatchObject({
      run: null,
      heads: [],
      problem: expect.stringContaining('closed') as string,
    });
    expect((await learn()).problem).toBeNull();
  });
});

/** Distances of a few faces to their nearest, as the index gives them now. */
async function nearestDistances({ home }: TuningLibrary): Promise<number[]> {
  const all = [];
  for (const id of [1, 5, 9]) all.push(...(await home.context.index.nearest({ id, count: 5 })).distances);
  return all;
}
