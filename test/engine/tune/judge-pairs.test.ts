import { expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { judgePairs } from '../../../app/engine/tune/judge-pairs.ts';
import { part } from '../../../app/engine/tune/split.ts';
import { madeFaces } from './made-faces.ts';

const tf = await loadBackend('wasm');

it('the bulk is the mean of the pairs of two people, and how far below it the nearest of them reach', () => {
  const faces = madeFaces({ people: 20, each: 5, lone: 0, dimensions: 16 });
  const parts = new Uint8Array(100).fill(part.known);
  const { bulk, different } = judgePairs(tf, faces.vectors, faces, parts);
  const vector = (row: number): Float32Array => faces.vectors.subarray(row * 16, (row + 1) * 16);
  const squared: number[] = [];
  for (let a = 0; a < 100; a++)
    for (let b = a + 1; b < 100; b++)
      if (faces.people[a] !== faces.people[b])
        squared.push(vector(a).reduce((sum, value, i) => sum + (value - vector(b)[i]!) ** 2, 0));
  expect(squared).toHaveLength(4750);
  expect(bulk.mean).toBeCloseTo(squared.reduce((sum, value) => sum + value, 0) / 4750, 4);
  expect(bulk.mean - bulk.reach).toBeCloseTo(squared.toSorted((a, b) => a - b)[10]!, 4);
  expect(different.squared.length).toBeGreaterThan(10);
});

it('as many unnamed pairs are presumed to be of one person as lie nearer than the share of the others', () => {
  // Of the last ten people nobody has named a face, and of each of these two faces are taken for two people.
  const made = madeFaces({ people: 30, each: 5, lone: 0, dimensions: 16, spread: [0.1, 0.1] });
  const people = made.people.map((person, row) => (person < 20 ? person : row % 5 === 0 ? person + 10 : person));
  const faces = { ...made, people, trust: made.trust.map((_, row) => (made.people[row]! < 20 ? 1 : 0.5)) };
  const parts = new Uint8Array(150).fill(part.known);
  const { presumed, different } = judgePairs(tf, faces.vectors, faces, parts);
  // Each such face makes four pairs with the others of its person.
  expect(presumed).toBeGreaterThan(38);
  expect(presumed).toBeLessThanOrEqual(40);
  expect(different.unnamed.subarray(0, 40)).toEqual(new Uint8Array(40).fill(1));
  expect(judgePairs(tf, faces.vectors, faces, parts, 7).presumed).toBe(7);
});
