import { expect, it } from 'vitest';

import { clusterMeasures } from '../../../app/engine/evaluate/cluster-measures.ts';
import { clusteredFaces, f1Of } from '../../../app/engine/tune/clustered-faces.ts';
import { seededRandom } from '../../../app/engine/seeded-random.ts';

it('the F1 of all faces is the B-cubed F1 of the evaluation', () => {
  const random = seededRandom(4);
  const people = Int32Array.from({ length: 60 }, () => Math.floor(9 * random()));
  const groups = people.map((person) => (random() < 0.7 ? person : Math.floor(9 * random())));
  expect(f1Of(clusteredFaces(people, groups))).toBeCloseTo(clusterMeasures(people, groups).bcubed.f1, 12);
});

it('a person who counts for nothing takes no part', () => {
  const faces = clusteredFaces(Int32Array.of(0, 0, 1, 1), Int32Array.of(5, 5, 6, 7));
  expect(f1Of(faces, Float64Array.of(1, 0))).toBe(1);
  expect(f1Of(faces, Float64Array.of(0, 1))).toBeCloseTo(2 / 3, 12);
  expect(f1Of([])).toBe(0);
});
