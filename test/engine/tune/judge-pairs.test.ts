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
