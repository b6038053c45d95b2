import { describe, expect, it } from 'vitest';

import { assembleFaces, type Material } from '../../../app/engine/tune/assemble-faces.ts';
import { lone } from '../../../app/engine/tune/training-faces.ts';
import { randomUnit } from '../../factories/identities.ts';
import { createRandom } from '../../factories/library.ts';

interface FacePlan {
  readonly person?: number;
  readonly photo?: number;
}

/** Faces 1, 2, 3, … of these people in photos of their own, with pairs of faces at a distance. */
function material(
  plan: readonly FacePlan[],
  near: readonly [face: number, other: number, distance: number][] = [],
  more: Partial<Material> = {},
): Material {
  const random = createRandom(1);
  return {
    chosen: {
      faces: Int32Array.from(plan, (_, row) => row + 1),
      people: Int32Array.from(plan, ({ person = 0 }) => person),
      groups: new Int32Array(plan.length),
      photos: Int32Array.from(plan, ({ photo }, row) => photo ?? 100 + row),
      taken: new Float64Array(plan.length).fill(NaN),
    },
    dimensions: 4,
    vectors: Float32Array.from(plan.flatMap(() => [...randomUnit(random, 4)])),
    near: {
      faces: Int32Array.from(near, ([face]) => face),
      others: Int32Array.from(near, ([, other]) => other),
      distances: Float32Array.from(near, ([, , distance]) => distance),
    },
    rejections: new Int32Array(0),
    links: new Int32Array(0),
    mirrors: new Int32Array(0),
    eps: 1,
    ...more,
  };
}

const settings = {
  guesses: { tight: 0.8, doubtful: 1, trust: 0.5 },
  events: { gapMinutes: 60, alike: 0.4 },
};
/** Who each face that is learnt from is: by the number of the face. */
function people(input: Material): Record<number, number> {
  const { training, ids } = assembleFaces(input, settings);
  return Object.fromEntries(Array.from(ids, (id, row) => [id, training.people[row]!]));
}
function apart(input: Material): number[][] {
  const { training, ids } = assembleFaces(input, settings);
  const rows = Array.from(training.apart);
  return rows.flatMap((row, at) => (at % 2 === 0 ? [[ids[row]!, ids[rows[at + 1]!]!]] : []));
}

describe('making training faces of what the library knows', () => {
  it('takes people by their labels, tight groups for people, and everybody else for strangers', () => {
    const plan = [{ person: 7 }, { person: 9 }, { person: 7 }, {}, {}, {}];
    const input = material(plan, [[4, 5, 0.7]]);
    expect(people(input)).toEqual({ 1: 0, 2: 1, 3: 0, 4: 2, 5: 2, 6: lone });
    const { training, people: said } = assembleFaces(input, settings);
    expect(Array.from(training.trust)).toEqual([1, 1, 1, 0.5, 0.5, 0.5]);
    expect(Array.from(said)).toEqual([7, 9, 7, 0, 0, 0]);
  });

  it('learns nothing from a face that may be somebody with a name', () => {
    expect(
      people(
        material(
          [{ person: 7 }, {}, {}],
          [
            [1, 2, 0.9],
            [2, 3, 0.7],
          ],
        ),
      ),
    ).toEqual({ 1: 0 });
  });

  it('takes a face that is near but was rejected for a stranger, and one of two people', () => {
    const rejections = Int32Array.of(2, 7);
    const input = material([{ person: 7 }, {}], [[1, 2, 0.5]], { rejections });
    expect(people(input)).toEqual({ 1: 0, 2: lone });
    expect(apart(input)).toEqual([[1, 2]]);
  });

  it('takes two faces of a photo for two people, unless it is a mirror or the user said otherwise', () => {
    const plan = [{ photo: 5 }, { photo: 5 }];
    expect(apart(material(plan))).toEqual([[1, 2]]);
    expect(people(material(plan, [[1, 2, 0.1]]))).toEqual({ 1: lone, 2: lone });
    const mirrored = material(plan, [[1, 2, 0.1]], { mirrors: Int32Array.of(5) });
    expect(apart(mirrored)).toEqual([]);
    expect(people(mirrored)).toEqual({ 1: 0, 2: 0 });
    const said = [
      { photo: 5, person: 7 },
      { photo: 5, person: 7 },
    ];
    expect(apart(material(said))).toEqual([]);
  });

  it('learns from a stranger who looks like somebody beside whom it stands in a photo, and never as that person', () => {
    const plan = [{ person: 7, photo: 5 }, { person: 7 }, { photo: 5 }, {}];
    const near: [number, number, number][] = [
      [1, 3, 0.6],
      [2, 3, 0.6],
      [2, 4, 0.6],
    ];
    // Face 3 is not the one beside it, so it is not the second one of that person either; face 4 may be.
    expect(people(material(plan, near))).toEqual({ 1: 0, 2: 0, 3: lone });
    const linked = material([{ person: 7 }, { person: 7 }, {}], near.slice(0, 2), { links: Int32Array.of(1, 3, 0) });
    expect(people(linked)).toEqual({ 1: 0, 2: 0, 3: lone });
    const { training } = assembleFaces(material(plan, near), settings);
    for (let i = 0; i < training.apart.length; i += 2) {
      const [a, b] = [training.people[training.apart[i]!], training.people[training.apart[i + 1]!]];
      expect(a === b && a !== lone).toBe(false);
    }
  });

  it('believes no guess that holds two people', () => {
    const near: [number, number, number][] = [
      [1, 2, 0.5],
      [2, 3, 0.5],
    ];
    expect(people(material([{ photo: 5 }, {}, { photo: 5 }, {}], near))).toEqual({ 4: lone });
  });

  it('follows links: the same, and two people', () => {
    expect(people(material([{}, {}, {}], [], { links: Int32Array.of(1, 2, 1) }))).toEqual({ 1: 0, 2: 0, 3: lone });
    const different = material([{}, {}], [[1, 2, 0.1]], { links: Int32Array.of(1, 2, 0) });
    expect(people(different)).toEqual({ 1: lone, 2: lone });
    expect(apart(different)).toEqual([[1, 2]]);
  });

  it('leaves out vectors that are none', () => {
    const input = material([{ person: 7 }, { person: 7 }, { person: 8 }]);
    input.vectors[5] = NaN;
    const { ids, training, unusable } = assembleFaces(input, settings);
    expect(Array.from(ids)).toEqual([1, 3]);
    expect(training.vectors.every(Number.isFinite)).toBe(true);
    expect(unusable).toBe(1);
  });
});
