import fc from 'fast-check';
import { expect } from 'vitest';

import type { FaceId, PersonId, PhotoId } from '../../../app/contract/ids.ts';
import type { Action } from '../../../app/contract/model.ts';
import { createFactsModel, type FactsModel } from './facts-model.ts';
import { createPlayground, faces, groups, photos, type Playground } from './playground.ts';

const face = fc.integer({ min: 1, max: faces + 2 });
const someFaces = fc.uniqueArray(face, { minLength: 1, maxLength: 4 });
const twoFaces = fc.uniqueArray(face, { minLength: 2, maxLength: 3 });
const person = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: groups }) },
  fc.integer({ min: 1, max: groups + 6 }),
);
const photo = fc.integer({ min: 1, max: photos });
const clusters = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 3, maxLength: faces });
const name = fc.constantFrom('Anna', 'Ben', 'Cleo');

const steps = {
  name: { person, name: fc.constantFrom('Anna', 'Ben', ' anna ', '') },
  merge: { into: person, from: fc.array(person, { minLength: 1, maxLength: 2 }) },
  hide: { person, hidden: fc.boolean() },
  cover: { person, face },
  move: { faces: someFaces, to: person },
  moveByName: { faces: someFaces, name },
  split: { person, faces: someFaces, name: fc.option(name) },
  apart: { one: person, other: person },
  reject: { faces: someFaces },
  notFace: { faces: someFaces },
  notPerson: { faces: someFaces, somebody: fc.boolean() },
  link: { faces: twoFaces, same: fc.boolean() },
  putBack: { which: fc.nat(3) },
  mirror: { photo, on: fc.boolean() },
  favour: { photo, on: fc.boolean() },
  draw: { photo },
  redetect: { photo, found: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }), another: fc.boolean() },
  regroup: { keep: fc.boolean() },
  recluster: { clusters },
  rebuild: { clusters },
  erase: { person },
  undo: {},
  redo: {},
  restart: {},
  changeModel: {},
};
type Steps = typeof steps;
type Given<S> = { [K in keyof S]: S[K] extends fc.Arbitrary<infer V> ? V : never };
type StepOf<N extends keyof Steps> = { [K in N]: { do: K } & Given<Steps[K]> }[N];
export type Step = StepOf<keyof Steps>;

/** Words, undo and grouping are what a library mostly sees. */
const weights: Partial<Record<keyof Steps, number>> = {
  name: 5,
  merge: 4,
  move: 2,
  moveByName: 2,
  split: 4,
  apart: 3,
  reject: 2,
  cover: 3,
  link: 4,
  putBack: 3,
  recluster: 4,
  regroup: 3,
  undo: 5,
  redo: 3,
};
export const anyStep = fc.oneof(
  ...Object.entries(steps).map(([what, given]) => ({
    weight: weights[what as keyof Steps] ?? 1,
    arbitrary: fc.record({ do: fc.constant(what), ...given }),
  })),
) as unknown as fc.Arbitrary<Step>;

const signal = new AbortController().signal;
const refusals = ['not-found', 'bad-request', 'bad-name', 'nothing-to-undo', 'nothing-to-redo'];

/** Both refuse, or both do it. */
async function perform(play: Playground, model: FactsModel, one: Step): Promise<void> {
  const { handlers, history } = play.engine;
  const attempt = async <R>(
    real: () => R | Promise<R>,
    ideal: (done: R, shown: Map<number, number | null>) => void,
  ): Promise<void> => {
    const shown = play.shown();
    let done: R;
    try {
      done = await real();
    } catch (error) {
      if (!refusals.includes((error as { code?: string }).code ?? '')) throw error;
      return;
    }
    ideal(done, shown);
  };
  const id = (who: number) => who as PersonId;
  const given = (some: readonly number[]) => ({ faces: [...some] as FaceId[] });
  switch (one.do) {
    case 'name':
      return attempt(
        () => handlers['people.name']({ person: id(one.person), name: one.name }, signal),
        (done, shown) => model.name(done.id, one.person, one.name.trim() || null, shown),
      );
    case 'merge':
      return attempt(
        () => handlers['people.merge']({ into: id(one.into), from: one.from.map(id) }, signal),
        (done, shown) => model.merge(done.id, one.into, one.from, shown),
      );
    case 'hide':
      return attempt(
        () => handlers['people.hide']({ person: id(one.person), hidden: one.hidden }, signal),
        (done, shown) => model.hide(done.id, one.person, one.hidden, shown),
      );
    case 'cover':
      return attempt(
        () => handlers['people.cover']({ person: id(one.person), face: one.face as FaceId }, signal),
        (done) => model.cover(done.id, one.person, one.face),
      );
    case 'move':
      return attempt(
        () => handlers['faces.move']({ ...given(one.faces), to: { person: id(one.to) } }, signal),
        (done, shown) => model.move(done.id, one.faces, one.to, shown),
      );
    case 'moveByName':
      return attempt(
        () => handlers['faces.move']({ ...given(one.faces), to: { name: one.name } }, signal),
        (done, shown) => {
          const here = one.faces.find((each) => shown.has(each))!;
          const to = play.engine.facts.states([here])[0]?.state.label?.person ?? play.shown().get(here)!;
          model.move(done.id, one.faces, to, shown, one.name);
        },
      );
    case 'split':
      return attempt(
        () =>
          handlers['people.split'](
            { ...given(one.faces), person: id(one.person), ...(one.name && { name: one.name }) },
            signal,
          ),
        (done, shown) => {
          const { id: action, into } = done as Action & { into: number };
          model.split(action, one.person, one.faces, into, one.name, shown);
        },
      );
    case 'apart':
      return attempt(
        () => handlers['people.apart']({ person: id(one.one), other: id(one.other) }, signal),
        (done, shown) => model.apart(done.id, one.one, one.other, shown),
      );
    case 'reject':
      return attempt(
        () => handlers['faces.reject'](given(one.faces), signal),
        (done, shown) => model.reject(done.id, one.faces, shown),
      );
    case 'notFace':
      return attempt(
        () => handlers['faces.notFace'](given(one.faces), signal),
        (done, shown) => model.notFace(done.id, one.faces, shown),
      );
    case 'notPerson':
      return attempt(
        () => handlers['faces.notPerson']({ ...given(one.faces), person: one.somebody }, signal),
        (done, shown) => model.notPerson(done.id, one.faces, one.somebody, shown),
      );
    case 'link':
      return attempt(
        () => handlers[one.same ? 'faces.same' : 'faces.different'](given(one.faces), signal),
        (done, shown) => model.link(done.id, one.faces, one.same, shown),
      );
    case 'putBack': {
      const kept = await handlers['facts.overruled']({}, signal);
      const chosen = kept[one.which % Math.max(1, kept.length)];
      if (!chosen) return;
      const lines = play.overruledRow(chosen.id);
      return attempt(
        () => handlers['facts.putBack']({ id: chosen.id }, signal),
        (done, shown) => model.putBack(done.id, lines, shown),
      );
    }
    case 'mirror':
      return attempt(
        () => handlers['photos.mirror']({ id: one.photo as PhotoId, allowed: one.on }, signal),
        (done) => model.mirror(done.id, one.photo, one.on),
      );
    case 'favour':
      return attempt(
        () => handlers['photos.favourite']({ ids: [one.photo as PhotoId], favourite: one.on }, signal),
        (done) => model.favour(done.id, one.photo, one.on),
      );
    case 'draw':
      return attempt(
        () => play.draw(one.photo),
        (done) => model.other(done.id),
      );
    case 'redetect': {
      const labelled = [...play.shown().keys()].filter((each) => model.labels.has(each));
      play.redetect(one.photo, one.found, one.another);
      expect([...play.shown().keys()]).toEqual(expect.arrayContaining(labelled));
      return;
    }
    case 'regroup': {
      const held = await handlers['regroup.held']({}, signal);
      const some = held.flatMap((move) => move.faces);
      for (const each of some) expect(model.labels.has(each)).toBe(false);
      return attempt(
        () => handlers[one.keep ? 'regroup.keep' : 'regroup.apply']({ faces: some }, signal),
        (done, shown) => (one.keep ? model.keep(done.id, some, shown) : model.other(done.id)),
      );
    }
    case 'recluster':
      return keepsNamed(play, () => play.group(one.clusters));
    case 'rebuild':
      return play.rebuild(one.clusters);
    case 'erase':
      return attempt(
        () => handlers['people.erase']({ person: id(one.person) }, signal),
        (_, shown) => model.erase(one.person, shown),
      );
    case 'undo':
      return attempt(
        () => history.undo(),
        (done) => model.undo(done.id),
      );
    case 'redo':
      return attempt(
        () => history.redo(),
        (done) => model.redo(done.id),
      );
    case 'restart': {
      play.restart();
      return;
    }
    case 'changeModel': {
      play.changeModel();
      return;
    }
  }
}

/** No grouping takes a face from a named person that a grouping before it had left there, but by the user's word. */
async function keepsNamed(play: Playground, work: () => Promise<void>): Promise<void> {
  const named = new Set(play.ids('SELECT id FROM person WHERE name IS NOT NULL'));
  const settledTo = play.engine.grouping.groupedTo();
  const linked = new Set(play.linked().map((each) => each.id));
  const before = play.shown();
  await work();
  const after = play.shown();
  for (const [each, who] of before) {
    if (who !== null && named.has(who) && each <= settledTo && !linked.has(each)) expect(after.get(each)).toBe(who);
  }
}

function check(play: Playground, model: FactsModel): void {
  expect(play.facts()).toEqual(model.facts());
  expect(play.foreignKeyErrors()).toEqual([]);
  const { told, counted } = play.summaries();
  expect(told).toEqual(counted);
  const shown = play.shown();
  for (const [each, who] of shown) {
    const label = model.labels.get(each);
    if (label) expect(who).toBe(label.person);
    if (model.notPersons.has(each)) expect(who).toBeNull();
    expect(model.rejections.has(`${each} ${who}`)).toBe(false);
  }
  const present = new Set(play.linked().map((each) => each.id));
  for (const { a, b, same } of model.links) {
    if (!present.has(a) || !present.has(b)) continue;
    if (same) expect(shown.get(a)).toBe(shown.get(b));
    else expect(shown.get(a) !== null && shown.get(a) === shown.get(b)).toBe(false);
  }
  for (const gone of play.ids('SELECT id FROM face WHERE erased = 1 AND gone = 0')) throw new Error(`${gone} is back`);
}

/** Runs the steps on a library and on the model, which agree after each. */
export async function agreeOn(sequence: readonly Step[]): Promise<void> {
  const play = createPlayground();
  const model = createFactsModel();
  try {
    for (const one of sequence) {
      await perform(play, model, one);
      check(play, model);
    }
  } finally {
    play.close();
  }
}
