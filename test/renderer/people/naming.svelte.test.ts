import { beforeEach, describe, expect, it, vi } from 'vitest';

import { Failure } from '../../../app/contract/errors.ts';
import type { FaceId } from '../../../app/contract/ids.ts';
import type { FaceInPhoto } from '../../../app/contract/model.ts';
import { Naming } from '../../../renderer/people/naming.svelte.ts';
import { Changes } from '../../../renderer/state/changes.svelte.ts';
import { Toasts } from '../../../renderer/state/toasts.svelte.ts';
import { fakeBackend } from '../fake-backend.ts';
import { action, person } from '../../factories/people.ts';

const anna = person(1, 'Anna');
const group = person(2, null);

function setUp(answers: Parameters<typeof fakeBackend>[0] = {}) {
  const backend = fakeBackend({
    'people.complete': ({ prefix }) =>
      [anna].filter(({ name }) => name?.toLowerCase().startsWith(prefix.toLowerCase())),
    'people.name': ({ name }) => action(`Named ${name}`),
    'people.merge': () => action('Merged a group into Anna'),
    'people.get': () => ({ ...group, oftenWith: [] }),
    'faces.move': () => action('Moved 1 face to Anna'),
    ...answers,
  });
  const toasts = new Toasts();
  return { backend, toasts, naming: new Naming(backend, new Changes(backend, toasts)) };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('naming a group', () => {
  it('shows the name at once, before it is stored', async () => {
    const { naming } = setUp();
    const naming1 = naming.name(group, 'Mia');
    expect(naming.nameOf(group)).toBe('Mia');
    expect(await naming1).toBe('named');
  });

  it('takes the name away again and says so when it cannot be stored', async () => {
    const { naming, toasts } = setUp({
      'people.name': () => {
        throw new Failure('bad-name', 'too long');
      },
    });
    expect(await naming.name(group, 'Mia')).toBe('failed');
    expect(naming.nameOf(group)).toBeNull();
    expect(toasts.shown.map(({ tone }) => tone)).toEqual(['failure']);
  });

  it('shows the name until the page has asked again', async () => {
    const { naming } = setUp();
    let shownMeanwhile: string | null = null;
    await naming.name(group, 'Mia', () => {
      shownMeanwhile = naming.nameOf(group);
      return Promise.resolve();
    });
    expect(shownMeanwhile).toBe('Mia');
    expect(naming.nameOf(group)).toBeNull();
  });

  it('asks before two people become one, and changes nothing until then', async () => {
    const { naming, backend } = setUp();
    expect(await naming.name(group, ' anna ')).toBe('offered');
    expect(naming.offer).toMatchObject({ from: group, into: anna });
    expect(naming.nameOf(group)).toBeNull();
    expect(backend.asked.map(({ name }) => name)).toEqual(['people.complete']);
  });

  it('merges when they are the same', async () => {
    const { naming, backend } = setUp();
    await naming.name(group, 'Anna');
    await naming.same();
    expect(naming.offer).toBeNull();
    expect(backend.asked.at(-1)).toEqual({ name: 'people.merge', input: { into: 1, from: [2] } });
  });

  it('keeps two people of one name apart when they are not', async () => {
    const { naming, backend } = setUp();
    await naming.name(group, 'Anna');
    await naming.apart();
    expect(backend.asked.at(-1)).toEqual({ name: 'people.name', input: { person: 2, name: 'Anna' } });
  });

  it('asks nothing when the name stays as it was', async () => {
    const { naming, backend } = setUp();
    expect(await naming.name(anna, ' Anna ')).toBe('unchanged');
    expect(backend.asked).toEqual([]);
  });

  it('takes a name away without looking for namesakes', async () => {
    const { naming, backend } = setUp();
    await naming.name(anna, '');
    expect(backend.asked).toEqual([{ name: 'people.name', input: { person: 1, name: '' } }]);
  });
});

describe('naming one face', () => {
  const face = (of: FaceInPhoto['person']): FaceInPhoto => ({
    id: 7 as FaceId,
    box: [0, 0, 1, 1],
    points: null,
    score: 1,
    quality: 1,
    manual: false,
    person: of,
    confirmed: false,
    notPerson: false,
  });

  it('names the whole group that the face is in', async () => {
    const { naming, backend } = setUp();
    await naming.nameFace(face({ id: group.id, name: null, birth: null }), 'Mia', null);
    expect(backend.asked.at(-1)).toEqual({ name: 'people.name', input: { person: 2, name: 'Mia' } });
  });

  it('moves the face alone when it is shown as somebody else', async () => {
    const { naming, backend } = setUp();
    await naming.nameFace(face({ id: group.id, name: 'Ben', birth: null }), 'Anna', anna);
    expect(backend.asked).toEqual([{ name: 'faces.move', input: { faces: [7], to: { person: 1 } } }]);
  });

  it('moves the face alone when it is in no group', async () => {
    const { naming, backend } = setUp();
    const moving = naming.nameFace(face(null), 'Mia', null);
    expect(naming.nameOfFace(face(null))).toBe('Mia');
    await moving;
    expect(backend.asked).toEqual([{ name: 'faces.move', input: { faces: [7], to: { name: 'Mia' } } }]);
  });

  it('can leave the rest of the group out of a merge', async () => {
    const { naming, backend } = setUp();
    await naming.nameFace(face({ id: group.id, name: null, birth: null }), 'Anna', anna);
    expect(naming.offer?.face).toBe(7);
    await naming.onlyFace();
    expect(backend.asked.at(-1)).toEqual({ name: 'faces.move', input: { faces: [7], to: { person: 1 } } });
  });

  it('still names the face when its group is gone', async () => {
    const { naming, backend } = setUp({
      'people.get': () => {
        throw new Failure('not-found', 'regrouped');
      },
    });
    await naming.nameFace(face({ id: group.id, name: null, birth: null }), 'Mia', null);
    expect(backend.asked.at(-1)?.name).toBe('faces.move');
  });
});
