import { describe, expect, it } from 'vitest';

import { placeArrival, type NearFace } from '../../../app/engine/people/place-arrival.ts';

const near = (person: number, distance: number, more: Partial<NearFace> = {}): NearFace => ({
  id: Math.round(distance * 100),
  photo: 1,
  person,
  core: true,
  distance,
  ...more,
});
const place = (faces: readonly NearFace[], { core = true, excluded = [] as number[] } = {}) =>
  placeArrival({ photo: 9, core, near: faces, excluded: new Set(excluded) }, 1);

describe('placing a new face', () => {
  it('goes to the person of its nearest good face', () => {
    expect(place([near(3, 0.5), near(3, 0.6), near(4, 0.9)])).toEqual({ person: 3 });
  });

  it('waits where nobody is near, where the near ones disagree or where it cannot be that person', () => {
    expect(place([near(3, 1.01)])).toBeUndefined();
    expect(place([near(3, 0.5), near(4, 0.6), near(4, 0.7)])).toBeUndefined();
    expect(place([near(3, 0.5)], { excluded: [3] })).toBeUndefined();
  });

  it('listens neither to poor faces nor to those of its own photo', () => {
    expect(place([near(4, 0.3, { core: false }), near(4, 0.4, { photo: 9 }), near(3, 0.5)])).toEqual({ person: 3 });
  });

  it('founds a group with a good face that belongs to nobody, unless it is poor itself', () => {
    expect(place([near(0, 0.5)])).toEqual({ groupWith: 50 });
    expect(place([near(0, 0.5)], { core: false })).toBeUndefined();
  });
});
