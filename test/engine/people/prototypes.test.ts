import { describe, expect, it } from 'vitest';

import { distanceThen, prototypesOf, type DatedFace } from '../../../app/engine/people/prototypes.ts';
import { createGrowingFamily } from '../../factories/identities.ts';

const dimensions = 64;
const acceptance = 1.14;
const year = (when: number): number => Date.UTC(0, 0) + (when - 1900) * 365.25 * 24 * 3600 * 1000;

const family = createGrowingFamily(3, dimensions, 0.7);
const inYear = (look: (year: number) => Float32Array) => (when: number) => ({ vector: look(when), taken: year(when) });
const anna = inYear(family.member(1990));
const daughter = inYear(family.member(2015));
const distance = (one: DatedFace, other: DatedFace): number =>
  Math.sqrt(one.vector.reduce((sum, value, i) => sum + (value - other.vector[i]!) ** 2, 0));

const known = [1993, 1994, 1995, 2014, 2016, 2018, 2019].flatMap((when) => [anna(when), anna(when + 0.5)]);
const shareWithin = (faces: readonly DatedFace[], judge: (face: DatedFace) => number | undefined): number =>
  faces.filter((face) => (judge(face) ?? 0) <= acceptance).length / faces.length;

describe('what a person looked like then', () => {
  const prototypes = prototypesOf(known, null);
  const then = (face: DatedFace) => distanceThen(prototypes, face, null);
  const nearest = (face: DatedFace) => Math.min(...known.map((other) => distance(face, other)));

  it('is kept for every span of the years from which there are faces', () => {
    // 1993 to 1995, 2014 to 2018, 2019.
    expect(prototypes).toHaveLength(3);
    expect(prototypesOf([], null)).toEqual([]);
  });

  it('holds the child and the adult, and keeps the child out that looks as the mother once did', () => {
    const children = Array.from({ length: 40 }, (_, i) => daughter(2018 + i / 20));
    const own = Array.from({ length: 40 }, (_, i) => (i % 2 ? anna(1993 + i / 20) : anna(2017 + i / 20)));
    // Any face of the mother's, whatever its day, would take the daughter in.
    expect(shareWithin(children, nearest)).toBeGreaterThan(0.8);
    expect(shareWithin(children, then)).toBeLessThan(0.1);
    expect(shareWithin(own, then)).toBeGreaterThan(0.95);
  });

  it('lies between two looks in the years between them', () => {
    const teens = Array.from({ length: 40 }, (_, i) => anna(2002 + i / 20));
    expect(shareWithin(teens, then)).toBeGreaterThan(0.9);
  });

  it('is not known long before and after all faces', () => {
    expect(then(anna(2040))).toBeUndefined();
  });

  it('knows more with the birth: nobody is in a photo before it, and a look lasts longer later in life', () => {
    const birth = year(1990);
    expect(distanceThen(prototypesOf(known, birth), anna(1985), birth)).toBe(Infinity);
    const looks = (from: number, to: number, born: number | null): number =>
      prototypesOf(
        Array.from({ length: 40 }, (_, i) => anna(from + ((to - from) * i) / 40)),
        born,
      ).length;
    expect(looks(1990, 2000, birth)).toBeGreaterThan(looks(1990, 2000, null));
    expect(looks(2030, 2045, birth)).toBeLessThan(looks(2030, 2045, null));
  });
});
