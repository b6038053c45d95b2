import { expect, it } from 'vitest';

import { sampleRows } from '../../../app/engine/tune/sample-rows.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';
import { lone } from '../../../app/engine/tune/training-faces.ts';
import { madeFaces } from './made-faces.ts';

const sampled = (faces: ReturnType<typeof madeFaces>, most: number): number[] =>
  sampleRows(faces, most, seededRandom(1));

it('takes all faces where they are few enough', () => {
  expect(sampled(madeFaces({ people: 2, each: 3, lone: 1 }), 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

it('takes whole people for one half and others for the other', () => {
  const faces = madeFaces({ people: 20, each: 5, lone: 100 });
  const people = sampled(faces, 80).map((row) => faces.people[row] ?? lone);
  expect(people.filter((person) => person === lone)).toHaveLength(40);
  for (const own of Map.groupBy(people, (person) => person).values()) expect([5, 40]).toContain(own.length);
});

it('fills up with named people where there are hardly others, and with guessed people where few are named', () => {
  const named = madeFaces({ people: 20, each: 5, lone: 10 });
  expect(sampled(named, 80).filter((row) => named.people[row] === lone)).toHaveLength(10);
  expect(sampled(named, 80)).toHaveLength(80);
  const guessed = { ...named, trust: named.trust.map((_, row) => (row < 10 ? 1 : 0.25)) };
  const rows = sampled(guessed, 80);
  expect(rows.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(rows).toHaveLength(80);
});
