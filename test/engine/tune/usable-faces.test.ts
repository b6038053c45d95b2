import { expect, it } from 'vitest';

import { usableFaces } from '../../../app/engine/tune/usable-faces.ts';
import { madeFaces } from './made-faces.ts';

it('faces that are no unit vectors are left out and counted', () => {
  const faces = { ...madeFaces({ people: 3, each: 2, lone: 1, dimensions: 4 }), apart: Int32Array.of(0, 2, 1, 6) };
  faces.vectors[1] = NaN;
  faces.vectors.fill(0, 8, 12);
  const { faces: usable, leftOut } = usableFaces(faces);
  expect(leftOut).toBe(2);
  expect([...usable.people]).toEqual([0, 1, 2, 2, -1]);
  expect(usable.vectors.every(Number.isFinite)).toBe(true);
  expect([...usable.apart]).toEqual([0, 4]);
});

it('where all are, they are given back as they came', () => {
  const faces = madeFaces({ people: 2, each: 2, lone: 0 });
  expect(usableFaces(faces)).toMatchObject({ faces, leftOut: 0 });
});
