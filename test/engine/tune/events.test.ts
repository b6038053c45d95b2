import { describe, expect, it } from 'vitest';

import { eventsOf } from '../../../app/engine/tune/events.ts';
import type { NearRows } from '../../../app/engine/tune/group-alone.ts';
import { lone } from '../../../app/engine/tune/training-faces.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Faces in photos of their own, taken at these times. */
function events(taken: readonly number[], people: readonly number[], near: NearRows = { pairs: [], distances: [] }) {
  const photos = Int32Array.from(taken, (_, row) => row + 1);
  const settings = { gapMinutes: 60, alike: 0.5 };
  return Array.from(eventsOf({ photos, taken: Float64Array.from(taken) }, Int32Array.from(people), near, 1, settings));
}

describe('events of training faces', () => {
  it('go on for as long as one photo follows another soon', () => {
    expect(events([0, 50 * minute, 100 * minute, day], [0, 0, 0, 0])).toEqual([0, 0, 0, 3]);
  });

  it('are there in any order of the photos', () => {
    expect(events([day, 0, day + minute, minute], [0, 0, 0, 0])).toEqual([0, 1, 0, 1]);
  });

  it('belong to one person', () => {
    expect(events([0, minute, 2 * minute], [0, 1, 0])).toEqual([0, 1, 0]);
  });

  it('are each photo without a date, but two looks that are nearly the same', () => {
    const near = { pairs: [0, 1, 1, 2, 0, 3], distances: [0.4, 0.6, 0.1] };
    expect(events([NaN, NaN, NaN, NaN], [0, 0, 0, 1], near)).toEqual([0, 0, 2, 3]);
  });

  it('join copies whatever their dates say', () => {
    expect(events([0, 5 * day], [0, 0], { pairs: [0, 1], distances: [0.01] })).toEqual([0, 0]);
  });

  it('are not for faces of nobody known', () => {
    expect(events([0, 0], [lone, lone], { pairs: [0, 1], distances: [0] })).toEqual([0, 1]);
  });
});
