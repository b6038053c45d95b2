import { describe, expect, it } from 'vitest';

import { placeLinked, type LinkedFace } from '../../../app/engine/cluster/linked-faces.ts';

const face = (id: number, given: Partial<LinkedFace> = {}): LinkedFace => ({
  id,
  label: 0,
  shown: 0,
  rejected: new Set(),
  ...given,
});
const place = (...[faces, links]: [LinkedFace[], Parameters<typeof placeLinked>[1]]) =>
  Object.fromEntries(placeLinked(faces, links, () => -1));

describe('linked faces', () => {
  it('are shown as the one of them that has a label', () => {
    const links = [
      { a: 1, b: 2, same: true },
      { a: 2, b: 3, same: true },
    ];
    expect(place([face(1, { shown: 5 }), face(2, { shown: 5 }), face(3, { label: 7, shown: 7 })], links)).toEqual({
      1: 7,
      2: 7,
      3: 7,
    });
  });

  it('are shown as most of them are, else as a new person', () => {
    const links = [{ a: 1, b: 2, same: true }];
    expect(place([face(1), face(2, { shown: 4 })], links)).toEqual({ 1: 4, 2: 4 });
    expect(place([face(1), face(2)], links)).toEqual({ 1: -1, 2: -1 });
  });

  it('are not shown as whom one of them is not', () => {
    const links = [{ a: 1, b: 2, same: true }];
    expect(place([face(1, { shown: 4 }), face(2, { shown: 4, rejected: new Set([4]) })], links)).toEqual({
      1: -1,
      2: -1,
    });
  });

  it('that differ are never shown as one; who has a label stays', () => {
    const links = [{ a: 1, b: 2, same: false }];
    expect(place([face(1, { shown: 4 }), face(2, { shown: 4 })], links)).toEqual({ 1: 4, 2: 0 });
    expect(place([face(1, { shown: 4 }), face(2, { label: 4, shown: 4 })], links)).toEqual({ 1: 0, 2: 4 });
  });

  it('leave out a face that is gone, but not what it ties together', () => {
    const links = [
      { a: 1, b: 2, same: true },
      { a: 2, b: 3, same: true },
    ];
    expect(place([face(1, { label: 7, shown: 7 }), face(3)], links)).toEqual({ 1: 7, 3: 7 });
  });
});
