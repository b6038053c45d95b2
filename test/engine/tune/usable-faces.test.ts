import { expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { settings } from '../../../app/engine/settings.ts';
import { usableFaces } from '../../../app/engine/tune/usable-faces.ts';
import { madeFaces } from './made-faces.ts';

const tf = await loadBackend('wasm');

it('faces that are no unit vectors are left out and counted', () => {
  const faces = { ...madeFaces({ people: 3, each: 2, lone: 1, dimensions: 4 }), apart: Int32Array.of(0, 2, 1, 6) };
  faces.vectors[1] = NaN;
  faces.vectors.fill(0, 8, 12);
  const { faces: usable, leftOut } = usableFaces(tf, faces, settings.tune.misnamed);
  expect(leftOut).toBe(2);
  expect([...usable.people]).toEqual([0, 1, 2, 2, -1]);
  expect(usable.vectors.every(Number.isFinite)).toBe(true);
  expect([...usable.apart]).toEqual([0, 4]);
});

it('where all are, they are given back as they came', () => {
  const faces = madeFaces({ people: 2, each: 2, lone: 0 });
  expect(usableFaces(tf, faces, settings.tune.misnamed)).toMatchObject({ faces, leftOut: 0, misnamed: 0 });
});

it('faces that lie nearer to somebody else who is named are left out and counted', () => {
  const faces = madeFaces({ people: 4, each: 4, lone: 2, dimensions: 32, spread: [0.2, 0.2] });
  const wrong = { ...faces, people: faces.people.with(5, 3) };
  const { faces: usable, rows, misnamed } = usableFaces(tf, wrong, settings.tune.misnamed);
  expect(misnamed).toBe(1);
  expect(rows).toEqual([...faces.people.keys()].filter((row) => row !== 5));
  expect([...usable.people]).toEqual([...faces.people].toSpliced(5, 1));
});

it('the only face of somebody stays, and so do guesses, whoever is near', () => {
  const faces = madeFaces({ people: 3, each: 3, lone: 0, dimensions: 32, spread: [0.2, 0.2] });
  const alone = { ...faces, people: faces.people.with(0, 7) };
  expect(usableFaces(tf, alone, settings.tune.misnamed).misnamed).toBe(0);
  const guessed = { ...faces, people: faces.people.with(0, 2), trust: faces.trust.with(0, 0.5) };
  expect(usableFaces(tf, guessed, settings.tune.misnamed).misnamed).toBe(0);
});
