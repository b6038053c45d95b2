import { expect, it } from 'vitest';

import { loadBackend } from '../../../app/engine/model/engines/tfjs/backend.ts';
import { between, identityHead, isIdentity } from '../../../app/engine/tune/head.ts';
import { projectFaces } from '../../../app/engine/tune/project-faces.ts';
import { madeFaces } from './made-faces.ts';

it('a head of zeros changes no face', async () => {
  const tf = await loadBackend('wasm');
  const { vectors } = madeFaces({ people: 3, each: 2, lone: 1 });
  expect(isIdentity(identityHead(16))).toBe(true);
  for (const [i, value] of projectFaces(tf, identityHead(16), vectors).entries())
    expect(value).toBeCloseTo(vectors[i]!, 6);
});

it('projected faces have norm 1 and lie where x + x·W points, and no tensor is left', async () => {
  const tf = await loadBackend('wasm');
  const tensors = tf.memory().numTensors;
  const weights = Float32Array.of(0, 1, 0, 0);
  const projected = projectFaces(tf, { dimensions: 2, weights }, Float32Array.of(1, 0, 0.6, 0.8));
  const wanted = [1, 1, 0.6, 1.4].map((value, i) => value / (i < 2 ? Math.SQRT2 : Math.hypot(0.6, 1.4)));
  for (const [i, value] of projected.entries()) expect(value).toBeCloseTo(wanted[i]!, 6);
  expect(tf.memory().numTensors).toBe(tensors);
});

it('a share of the way between two heads is taken weight by weight', () => {
  const [from, to] = [Float32Array.of(1, 0, 0, 2), Float32Array.of(3, 4, 0, 0)];
  const { weights } = between({ dimensions: 2, weights: from }, { dimensions: 2, weights: to }, 0.25);
  expect([...weights]).toEqual([1.5, 1, 0, 1.5]);
});
